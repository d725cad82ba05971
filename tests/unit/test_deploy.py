"""What lies in deploy/ fits the program, the page about it, and the programs that read it."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import REGISTRY
from prometheus_client.metrics import MetricWrapperBase

from shiftsync.config import ROOT
from shiftsync.core import metrics
from tests.install.document import Step, steps_of

DEPLOY = ROOT / "deploy"
PAGE = (ROOT / "docs" / "operations.md").read_text()
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
OWN = re.compile(r"\bshiftsync_[a-z_]+")
BY_PROMETHEUS = {"job", "instance", "kind"}
NOT_FOR_CONTAINERS = {
    "APP_DATABASE_URL",
    "DEBUG",
    "ENV_FILE",
    "ANONYMOUS_RESTAURANT",
    "VITE_URL",
}  # the first: for migrate


def known_metrics() -> set[str]:
    assert metrics.__name__  # importing it has registered them
    return {sample.name for family in REGISTRY.collect() for sample in family.samples} | {
        f"{family.name}{suffix}"
        for family in REGISTRY.collect()
        for suffix in (
            ("_total",)
            if family.type == "counter"
            else ("_bucket", "_sum", "_count")
            if family.type == "histogram"
            else ("",)
        )
    }


def labels_of(metric: str) -> set[str]:
    """The labels that one of ours has, besides those that Prometheus itself adds."""
    name = re.sub(r"_(total|bucket|sum|count)$", "", metric)
    known = [each for each in vars(metrics).values() if isinstance(each, MetricWrapperBase)]
    own = {label for each in known if each._name == name for label in each._labelnames}
    return {*own, *BY_PROMETHEUS, *({"le"} if metric.endswith("_bucket") else ())}


def unknown_labels(expression: str) -> set[str]:
    """The labels in an expression that none of its metrics has: what it selects, and by what it sums."""
    known = set().union(*(labels_of(name) for name in OWN.findall(expression)), BY_PROMETHEUS)
    selected = {
        name for part in re.findall(r"\{([^}]*)\}", expression) for name in re.findall(r"(\w+)\s*(?:=|!)", part)
    }
    summed = {name.strip() for part in re.findall(r"\bby \(([^)]*)\)", expression) for name in part.split(",")}
    return (selected | summed) - known


def test_labels__of_another_metric__are_unknown() -> None:
    assert unknown_labels('sum by (area) (shiftsync_messages_total{typ="x"})') == {"area", "typ"}
    assert not unknown_labels(
        'sum by (type, le) (rate(shiftsync_http_seconds_bucket{area="x"}[5m])) + shiftsync_messages_total'
    )


def test_alerts__every_rule__is_about_metrics_that_there_are_and_says_what_to_do() -> None:
    (group,) = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yml").read_text())["groups"]
    for rule in group["rules"]:
        asked = set(OWN.findall(rule["expr"]))
        assert asked <= known_metrics(), (rule["alert"], asked - known_metrics())
        assert not unknown_labels(rule["expr"]), rule["alert"]
        assert rule["annotations"]["action"]


def test_dashboard__every_panel__shows_metrics_that_there_are() -> None:
    board = json.loads((DEPLOY / "grafana" / "shiftsync.json").read_text())
    for panel in board["panels"]:
        asked = {name for target in panel["targets"] for name in OWN.findall(target["expr"])}
        assert asked <= known_metrics(), (panel["title"], asked - known_metrics())
        assert not any(unknown_labels(target["expr"]) for target in panel["targets"]), panel["title"]
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])


def test_compose__every_variable_of_the_page__reaches_the_containers() -> None:
    told = set(re.findall(r"^\| `SHIFTSYNC_([A-Z_]+)` \|", PAGE, re.MULTILINE)) - NOT_FOR_CONTAINERS
    given = COMPOSE["services"]["web"]["environment"]
    assert {f"SHIFTSYNC_{name}" for name in told} <= set(given)
    for name, service in COMPOSE["services"].items():
        assert service["logging"]["options"]["max-size"], name


REFERENCE = re.compile(r"\$(?:(?P<dollar>\$)|\{(?P<name>[A-Z_]+)(?::(?P<kind>[-?])(?P<rest>[^${}]*))?\}|)")


def interpolated(part: Any, given: Mapping[str, str]) -> Any:
    """A part of ``docker-compose.yml`` as Compose reads it: its variables replaced, or ``KeyError`` where one is neither given nor has a default."""

    def value(found: re.Match[str]) -> str:
        if found["dollar"]:
            return "$"
        if found["name"] is None:
            raise ValueError(found.string)
        default = {found["name"]: found["rest"]} if found["kind"] == "-" else {}
        return ({**default, **given})[found["name"]]

    if isinstance(part, str):
        return REFERENCE.sub(value, part)
    if isinstance(part, list):
        return [interpolated(each, given) for each in part]
    return {name: interpolated(each, given) for name, each in part.items()} if isinstance(part, dict) else part


def test_compose__given_what_its_head_names__is_complete_and_refers_to_what_it_has() -> None:
    head = (ROOT / "docker-compose.yml").read_text().split("\nname:")[0]
    named = set(re.findall(r"[A-Z]+_[A-Z_]+", head.split("Set in")[1].split("None of them")[0]))
    whole = interpolated(COMPOSE, dict.fromkeys(named, "given"))
    for name in named:
        with pytest.raises(KeyError, match=name):
            interpolated(COMPOSE, dict.fromkeys(named - {name}, "given"))
    services = whole["services"]
    for service in services.values():
        assert set(service.get("depends_on", ())) <= set(services)
        assert set(service["networks"]) <= set(whole["networks"])
        mounted = {mount.split(":")[0] for mount in service.get("volumes", ())}
        assert {each for each in mounted if not each.startswith("./")} <= set(whole["volumes"])
        assert all((ROOT / each).exists() for each in mounted if each.endswith(".conf"))


@pytest.mark.parametrize("text", ["$NAME", "${NAME", "${NAME:+x}", "${NAME:?say it}"])
def test_compose__variable_that_is_misspelled_or_missing__is_not_read(text: str) -> None:
    with pytest.raises((KeyError, ValueError)):
        interpolated([{"image": text}], {})


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_units__read_by_systemd__are_right(tmp_path: Path) -> None:
    # Its program is of another user's installation, so one that is there stands in its place.
    for path in (DEPLOY / "systemd").iterdir():
        text = path.read_text().replace("/opt/shiftsync/current/.venv/bin/python", "/bin/true")
        (tmp_path / path.name).write_text(text.replace("User=shiftsync", "User=root"))
    names = [path.name.replace("@.", "@9001.") for path in tmp_path.iterdir()]
    (tmp_path / "shiftsync-server@9001.service").symlink_to(tmp_path / "shiftsync-server@.service")
    (tmp_path / "shiftsync-worker@9001.service").symlink_to(tmp_path / "shiftsync-worker@.service")
    command = ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / name) for name in names)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    own = [line for line in done.stderr.splitlines() if "shiftsync" in line]
    assert own == []


@pytest.mark.skipif(shutil.which("nginx", path="/usr/sbin:/usr/bin") is None, reason="needs nginx")
@pytest.mark.parametrize("mode", ["tls.conf", "http.conf"])
def test_nginx__files_for_a_machine__are_understood(mode: str, tmp_path: Path) -> None:
    key, certificate = f"{tmp_path}/privkey.pem", f"{tmp_path}/fullchain.pem"
    make = f"openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=x -keyout {key} -out {certificate}"
    subprocess.run(make.split(), check=True, capture_output=True)
    for path in (DEPLOY / "nginx").iterdir():
        text = path.read_text()
        for place in ("/etc/nginx/shiftsync", "/etc/nginx/tls", "/var/log/nginx"):
            text = text.replace(place, str(tmp_path))
        (tmp_path / path.name).write_text(text)
    shutil.copy(tmp_path / "upstream-local.inc", tmp_path / "upstream.inc")
    # Other ports than those that something may be listening at; and what it would write beside.
    served = (tmp_path / mode).read_text().replace("80;", "9980;").replace("443 ", "9943 ")
    (tmp_path / mode).write_text(served)
    beside = "".join(
        f"{name}_temp_path {tmp_path}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = tmp_path / "nginx.conf"
    config.write_text(
        f"pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{}} http {{ {beside} include {tmp_path}/{mode}; }}"
    )
    done = subprocess.run(["/usr/sbin/nginx", "-t", "-c", config], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "[warn]" not in done.stderr


def test_page__installing__takes_fewer_than_ten_steps_and_uses_what_there_is() -> None:
    chapter = PAGE.split("\n## Installing\n")[1].split("\n## ")[0]
    assert len(re.findall(r"^\d+\. ", chapter, re.MULTILINE)) < 10
    for name in re.findall(r"/opt/shiftsync/current/(deploy/\S+?)[\s`]", PAGE):
        assert list(ROOT.glob(name)), name
    assert sum(len(steps_of(PAGE, chapter)) for chapter in ("Installing", "Upgrading", "Going back", "Upkeep")) > 30


@pytest.mark.parametrize(
    ("output", "printed", "is_right"),
    [
        ((), "", True),
        ((), "anything\n", False),
        (("a",), "a\n", True),
        (("a",), "a  \n", True),
        (("a",), "a\nb\n", False),
        (("a …",), "a b c\n", True),
        (("a.c",), "abc\n", False),
        (("a", "…", "z"), "a\nz\n", True),
        (("a", "…", "z"), "a\nb\nc\nz\n", True),
        (("a", "…", "z"), "a\nb\n", False),
    ],
)
def test_step__printed__is_compared_line_by_line(output: tuple[str, ...], printed: str, is_right: bool) -> None:
    assert (Step("x", output).difference(printed) is None) is is_right


@pytest.mark.parametrize("name", ["release", "upgrade", "certbot-hook", "shiftsync", "pin-images"])
def test_script__parsed_by_its_shell__is_right(name: str) -> None:
    script = DEPLOY / name
    assert script.stat().st_mode & 0o111
    shell = "bash" if "bash" in script.read_text().splitlines()[0] else "sh"
    done = subprocess.run([shell, "-n", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


DIGEST = "sha256:" + "ab" * 32
IMAGES = dict(re.findall(r"\$\{([A-Z]+_IMAGE):-([^}]+)\}", (ROOT / "docker-compose.yml").read_text()))


def pin(tmp_path: Path, file: Path, of_image: str) -> subprocess.CompletedProcess[str]:
    """``deploy/pin-images`` with a docker that answers ``of_image`` (``$image`` stands for its name) when asked for an image's digests."""
    docker = tmp_path / "docker"
    docker.write_text(
        '#!/bin/sh\nfor image; do :; done\ncase "$1 $2" in\n  "pull --quiet") echo "$image" ;;\n'
        f'  "image inspect") echo "{of_image}" ;;\n  *) exit 64 ;;\nesac\n'
    )
    docker.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    command = [DEPLOY / "pin-images", file]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_images__pinned__stand_in_the_file_once_and_the_rest_stays(tmp_path: Path) -> None:
    file = tmp_path / "of containers.env"
    file.write_text("REDIS_PASSWORD=a$b\nNGINX_IMAGE=nginx:old\nSHIFTSYNC_SECRET_KEY=without an end")
    file.chmod(0o640)
    for _ in range(2):
        done = pin(tmp_path, file, f"other@sha256:1 ${{image%%:*}}@{DIGEST}")
        assert (done.returncode, done.stderr) == (0, "")
    kept, lines = ["REDIS_PASSWORD=a$b", "SHIFTSYNC_SECRET_KEY=without an end"], file.read_text().splitlines()
    assert lines == [
        *kept,
        *sorted(f"{variable}={image.partition('@')[0]}@{DIGEST}" for variable, image in IMAGES.items()),
    ]
    assert file.stat().st_mode & 0o777 == 0o640
    assert sorted(each.name for each in tmp_path.iterdir()) == ["docker", file.name]


@pytest.mark.parametrize("of_image", ["", "redis@sha256:12", "exit"])
def test_images__one_has_no_digest__nothing_is_written(tmp_path: Path, of_image: str) -> None:
    file = tmp_path / ".env"
    file.write_text("REDIS_PASSWORD=ab\n")
    done = pin(tmp_path, file, of_image)
    assert done.returncode == 1
    assert "has no digest" in done.stderr
    assert file.read_text() == "REDIS_PASSWORD=ab\n"


def test_images__of_every_service__are_taken_by_digest_and_can_be_pinned_anew() -> None:
    assert [image for image in IMAGES.values() if not re.fullmatch(r"[a-z]+:[\w.-]+@sha256:[0-9a-f]{64}", image)] == []
    named = {service["image"] for service in COMPOSE["services"].values()} - {"shiftsync"}
    assert named <= {f"${{{variable}:-{image}}}" for variable, image in IMAGES.items()}
    built_on = re.findall(r"^ARG ([A-Z]+_IMAGE)=(.+)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert set(built_on) <= IMAGES.items()
    taken = re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert set(taken) == {f"${{{variable}}}" for variable, _ in built_on}
