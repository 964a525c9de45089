from django.db import models
from django.urls import reverse


class Entry(models.Model):
    title = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    body = models.TextField()
    cover = models.FileField(upload_to="covers/", blank=True)
    published = models.DateField()

    class Meta:
        ordering = ["-published", "-pk"]
        verbose_name_plural = "entries"

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("journal:entry", args=[self.slug])
