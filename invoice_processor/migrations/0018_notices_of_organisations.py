from django.db import migrations, models
from django.db.models.deletion import CASCADE


def fill(apps, _):
    """Every notice so far is about a batch."""
    notices = apps.get_model("invoice_processor", "Notification").objects
    batches = apps.get_model("invoice_processor", "Batch").objects.filter(pk=models.OuterRef("batch"))
    notices.filter(organisation=None).update(organisation=models.Subquery(batches.values("organisation")[:1]))


class Migration(migrations.Migration):
    atomic = False  # PostgreSQL alters no table in the transaction that has changed its rows

    dependencies = [("invoice_processor", "0017_ai_pauses_and_repeated_calls")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="notification",
            name="organisation",
            field=models.ForeignKey(
                on_delete=CASCADE, related_name="notifications", to="accounts.organisation"
            ),
        ),
    ]
