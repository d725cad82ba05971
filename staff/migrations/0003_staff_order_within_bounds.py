"""Orders so large that none could follow are counted anew, everybody staying where they are."""

from django.db import migrations
from django.db.models import Q

MOST_ORDER = 1_000_000_000


def renumber(apps, schema_editor):
    staff = apps.get_model("staff", "StaffMember")
    beyond = staff.objects.filter(Q(staff_order__gt=MOST_ORDER) | Q(staff_order__lt=-MOST_ORDER))
    for restaurant_id in set(beyond.values_list("restaurant_id", flat=True)):
        members = list(staff.objects.filter(restaurant_id=restaurant_id).order_by("staff_order", "created_at", "id"))
        for place, member in enumerate(members, start=1):
            member.staff_order = place
        staff.objects.bulk_update(members, ["staff_order"])


class Migration(migrations.Migration):
    dependencies = [("staff", "0002_initial")]
    operations = [migrations.RunPython(renumber, migrations.RunPython.noop)]
