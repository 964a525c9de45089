from django.urls import path

from .views import EntryDetail, EntryList

app_name = "journal"

urlpatterns = [
    path("", EntryList.as_view(), name="list"),
    path("<slug:slug>/", EntryDetail.as_view(), name="entry"),
]
