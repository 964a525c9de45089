from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('slug', models.SlugField(unique=True)),
                ('body', models.TextField()),
                ('cover', models.FileField(blank=True, upload_to='covers/')),
                ('published', models.DateField()),
            ],
            options={
                'verbose_name_plural': 'entries',
                'ordering': ['-published', '-pk'],
            },
        ),
    ]
