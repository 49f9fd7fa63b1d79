from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('worklist', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='dueitem',
            name='closes_on',
            field=models.DateField(null=True, verbose_name='可做截止日'),
        ),
    ]
