from django.views.generic import DetailView, ListView

from .models import Entry


class EntryList(ListView):
    model = Entry
    template_name = "journal/list.html"


class EntryDetail(DetailView):
    model = Entry
    template_name = "journal/detail.html"
