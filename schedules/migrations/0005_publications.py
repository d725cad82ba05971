"""Publications. What was published so far, cells alone, becomes a document with the facts of today, the best that is known."""

import calendar
from datetime import UTC, date, timedelta

import django.db.models.deletion
import shiftsync.core.ids
from django.conf import settings
from django.db import migrations, models


def _iso(moment):
    return f"{moment.astimezone(UTC).isoformat(timespec='milliseconds')[:23]}Z"


def _day(point, last):
    """The first or last day that a start or an end of employment means."""
    if not point:
        return None
    end_of_month = calendar.monthrange(point["year"], point["month"])[1]
    return date(point["year"], point["month"], point.get("day") or (end_of_month if last else 1))


def _blank(member, day, closed):
    begins, ends = _day(member.start_period, False), _day(member.end_period, True)
    if (begins and day < begins) or (ends and day > ends):
        return "-"
    if member.blank_means != "work":
        return "f"
    return "c" if day in closed else "w"


def _person(member, days, closed):
    return {
        "id": str(member.id),
        "name": member.name,
        "position": member.position,
        "department": member.department,
        "type": member.type,
        "status": member.status,
        "period": None,
        "staffOrder": member.staff_order,
        "startPeriod": member.start_period,
        "endPeriod": member.end_period,
        "blankMeans": member.blank_means,
        "allowedShiftTypes": member.allowed_shift_types,
        "isActive": member.is_active,
        "createdAt": _iso(member.created_at),
        "updatedAt": _iso(member.updated_at),
        "revision": member.revision,
        "blanks": "".join(_blank(member, day, closed) for day in days),
    }


def _shift_type(row):
    share = float(row.off_equivalent)
    return {
        "id": str(row.id),
        "symbol": row.symbol,
        "kind": row.kind,
        "labelJa": row.label_ja,
        "labelEn": row.label_en,
        "color": row.color,
        "startTime": row.start_time.strftime("%H:%M") if row.start_time else None,
        "endTime": row.end_time.strftime("%H:%M") if row.end_time else None,
        "offEquivalent": int(share) if share.is_integer() else share,
        "isActive": row.is_active,
        "revision": row.revision,
    }


def _calendar_day(row):
    return {
        "id": str(row.id),
        "date": str(row.date),
        "kind": row.kind or None,
        "note": row.note,
        "revision": row.revision,
    }


def _covers(apps, schedule, cells):
    rows = list(apps.get_model("schedules", "Cover").objects.filter(schedule=schedule).order_by("date", "staff_id"))
    groups = apps.get_model("settings_app", "StaffGroup").objects.filter(id__in={row.group_id for row in rows})
    names = dict(groups.values_list("id", "name"))
    return [
        {
            "staffId": str(row.staff_id),
            "dateKey": str(row.date),
            "groupId": str(row.group_id),
            "groupName": names.get(row.group_id, ""),
        }
        for row in rows
        if cells.get(str(row.staff_id), {}).get(str(row.date)) == row.value
    ]


def _document(apps, schedule):
    first, last = schedule.period.start_date, schedule.period.end_date
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    mine = {"restaurant_id": schedule.restaurant_id}
    special = apps.get_model("schedules", "CalendarDay").objects.filter(**mine, date__gte=first, date__lte=last)
    special = list(special.exclude(kind="", note="").order_by("date"))
    closed = {row.date for row in special if row.kind == "closed"}
    cells = {staff_id: row for staff_id, row in (schedule.published or {}).items() if row}
    members = apps.get_model("staff", "StaffMember").objects.filter(**mine).order_by("staff_order", "created_at", "id")
    people = [_person(member, days, closed) for member in members]
    # Who has been deleted since was on the month if their cells were published.
    people = [each for each in people if each["blanks"].strip("-") and (each["isActive"] or each["id"] in cells)]
    known = {each["id"] for each in people}
    types = apps.get_model("schedules", "ShiftType").objects.filter(**mine, is_active=True).order_by("created_at", "id")
    return {
        "format": 1,
        "scheduleId": str(schedule.id),
        "startDate": str(first),
        "endDate": str(last),
        "restaurant": schedule.restaurant.name,
        "timezone": schedule.restaurant.timezone,
        "people": people,
        "shiftTypes": [_shift_type(row) for row in types],
        "days": [_calendar_day(row) for row in special],
        "cells": {staff_id: row for staff_id, row in cells.items() if staff_id in known},
        "covers": [each for each in _covers(apps, schedule, cells) if each["staffId"] in known],
    }


def keep_published_copies(apps, schema_editor):
    schedules = apps.get_model("schedules", "Schedule")
    history = apps.get_model("schedules", "HistoricalSchedule")
    for schedule in schedules.objects.filter(state="published").select_related("period", "restaurant").iterator():
        entries = history.objects.filter(id=schedule.id, state="published").order_by("-history_date", "-history_id")
        publication = apps.get_model("schedules", "Publication").objects.create(
            restaurant_id=schedule.restaurant_id,
            schedule=schedule,
            number=1,
            document=_document(apps, schedule),
            published_by_id=entries.values_list("history_user_id", flat=True).first(),
            published_at=schedule.published_at or schedule.updated_at,
        )
        schedules.objects.filter(id=schedule.id).update(publication=publication)
    _check_constraints(schema_editor)


def give_copies_back(apps, schema_editor):
    schedules = apps.get_model("schedules", "Schedule")
    for schedule in schedules.objects.exclude(publication=None).select_related("publication").iterator():
        schedules.objects.filter(id=schedule.id).update(published=schedule.publication.document["cells"])
    _check_constraints(schema_editor)


def _check_constraints(schema_editor):
    """PostgreSQL alters no table that has checks outstanding."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [
        ('schedules', '0004_feed_link'),
        ('settings_app', '0002_locked_versions'),
        ('staff', '0002_initial'),
        ('tenants', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.UUIDField(default=shiftsync.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('number', models.PositiveIntegerField()),
                ('document', models.JSONField()),
                ('published_at', models.DateTimeField()),
                ('published_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('restaurant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenants.restaurant')),
                ('schedule', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='publications', to='schedules.schedule')),
            ],
            options={
                'ordering': ['schedule', '-number'],
            },
        ),
        migrations.AddField(
            model_name='historicalschedule',
            name='publication',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='schedules.publication'),
        ),
        migrations.AddField(
            model_name='schedule',
            name='publication',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='schedules.publication'),
        ),
        migrations.CreateModel(
            name='PublicationView',
            fields=[
                ('id', models.UUIDField(default=shiftsync.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('viewer_id', models.UUIDField()),
                ('is_feed', models.BooleanField()),
                ('name', models.CharField(blank=True, max_length=200)),
                ('first_seen_at', models.DateTimeField()),
                ('last_seen_at', models.DateTimeField()),
                ('publication', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='views', to='schedules.publication')),
                ('restaurant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenants.restaurant')),
            ],
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.UniqueConstraint(fields=('schedule', 'number'), name='publication_once_per_number'),
        ),
        migrations.AddConstraint(
            model_name='publicationview',
            constraint=models.UniqueConstraint(fields=('publication', 'viewer_id', 'is_feed'), name='publication_view_once_per_viewer'),
        ),
        migrations.RunPython(keep_published_copies, give_copies_back),
        migrations.RemoveField(
            model_name='schedule',
            name='published',
        ),
    ]
