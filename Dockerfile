# One image for the server, the worker and the commands.

# docker-compose.yml names the same; deploy/pin-images takes newer ones.
ARG NODE_IMAGE=node:24-bookworm-slim@sha256:ba849c60be29959425b8734d57b8b4b7d56f98edd9504c9af091d5281095a71e
ARG PYTHON_IMAGE=python:3.11-slim-trixie@sha256:45037981b62b34b44602584fccbc4d884d5f7dc92c7ee86bb38a698a79fe1e51

FROM ${NODE_IMAGE} AS frontend
WORKDIR /frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY frontend/ ./
RUN npm run build

FROM ${PYTHON_IMAGE} AS environment
# "tracing": with what reports traces.
ARG REQUIREMENTS=runtime
COPY requirements/runtime.txt requirements/tracing.txt /tmp/
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes --requirement "/tmp/$REQUIREMENTS.txt"

FROM ${PYTHON_IMAGE}
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
# pg_dump and psql, for manage.py backup and restore: they must not be older than the server.
RUN apt-get update && apt-get install --yes --no-install-recommends postgresql-client && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home shiftsync && install --directory --owner shiftsync --mode 700 /backups
WORKDIR /app
COPY --from=environment /venv /venv
COPY manage.py ./
COPY templates/ templates/
COPY locale/ locale/
COPY shiftsync/ shiftsync/
COPY staff/ staff/
COPY settings_app/ settings_app/
COPY backups/ backups/
COPY schedules/ schedules/
COPY --from=frontend /frontend/dist frontend/dist
# Nothing is written at run time: without this, every process would compile all of it at its start.
RUN python -m compileall -q shiftsync staff settings_app backups schedules
# Any key will do to collect files; it stays in this one command.
RUN SHIFTSYNC_SECRET_KEY="$(python -c 'import secrets; print(secrets.token_hex(32))')" \
    SHIFTSYNC_ALLOWED_HOSTS=localhost python manage.py collectstatic --no-input --verbosity 0
USER shiftsync
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=6s --start-period=30s --retries=3 CMD ["python", "-m", "shiftsync.healthcheck"]
# Time for the server to tell its clients (close code 1012) and to finish what it has begun.
STOPSIGNAL SIGTERM
CMD ["python", "-m", "shiftsync.serve", "server", "--host", "0.0.0.0"]
