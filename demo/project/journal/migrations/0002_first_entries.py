from datetime import date

from django.db import migrations

ENTRIES = [
    {
        "title": "First light",
        "slug": "first-light",
        "body": "The harbour wakes before the town does. Nets are fixed under one lamp, and nobody says more than the work "
        "needs. When the sun comes over the mole, the lamp goes out without anyone having touched it.",
        "cover": "covers/first-light.png",
        "published": date(2026, 3, 1),
    },
    {
        "title": "What the tide table does not say",
        "slug": "what-the-tide-table-does-not-say",
        "body": "It says when the water comes. It does not say that it comes sideways in a north-easterly, or that the third "
        "step is lower than the others. For that there are people.",
        "cover": "",
        "published": date(2026, 2, 11),
    },
]


def add_entries(apps, schema_editor):
    Entry = apps.get_model("journal", "Entry")
    for entry in ENTRIES:
        Entry.objects.create(**entry)


def remove_entries(apps, schema_editor):
    Entry = apps.get_model("journal", "Entry")
    Entry.objects.filter(slug__in=[entry["slug"] for entry in ENTRIES]).delete()


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [migrations.RunPython(add_entries, remove_entries)]
