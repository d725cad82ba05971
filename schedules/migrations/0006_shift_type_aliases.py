"""Words that mean a shift type when they are typed, and which types are leave. Restaurants that are there get the usual words."""

from django.db import migrations, models

USUAL = {
    "normal": ["出", "出勤"],
    "early": ["早"],
    "late": ["遅"],
    "off": ["休", "公休"],
    "designated_off": ["希", "希望休", "有", "有休", "有給"],
}


def give_usual_words(apps, schema_editor):
    """To the first type of a kind, unless another type has that word already."""
    shift_type = apps.get_model("schedules", "ShiftType")
    served = set()
    for row in shift_type.objects.filter(is_active=True).order_by("created_at", "id"):
        row.is_leave = row.kind == "designated_off"
        if (row.restaurant_id, row.kind) not in served:
            served.add((row.restaurant_id, row.kind))
            others = shift_type.objects.filter(restaurant_id=row.restaurant_id, is_active=True).exclude(id=row.id)
            taken = {word for each in others for word in (each.symbol, each.label_ja, each.label_en)}
            row.aliases = [word for word in USUAL.get(row.kind, []) if word not in taken]
        row.save(update_fields=["aliases", "is_leave"])


class Migration(migrations.Migration):
    dependencies = [("schedules", "0005_publications")]
    operations = [
        migrations.AddField("historicalshifttype", "aliases", models.JSONField(blank=True, default=list)),
        migrations.AddField("historicalshifttype", "is_leave", models.BooleanField(default=False)),
        migrations.AddField("shifttype", "aliases", models.JSONField(blank=True, default=list)),
        migrations.AddField("shifttype", "is_leave", models.BooleanField(default=False)),
        migrations.RunPython(give_usual_words, migrations.RunPython.noop),
    ]
