"""What the project itself gives a browser, asked in a plain Django process with made-up keys.

    python ask-storages.py STATIC_NAME... -- MEDIA_NAME...
"""

import json
import os
import sys

sys.path.insert(0, os.getcwd())
for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
    os.environ.setdefault(name, "made-up")

import django  # noqa: E402

django.setup()

from django.contrib.staticfiles.storage import staticfiles_storage  # noqa: E402
from django.core.files.storage import default_storage  # noqa: E402
from django.templatetags.static import static  # noqa: E402

cut = sys.argv.index("--")
found = {
    "static": {name: static(name) for name in sys.argv[1:cut]},
    "media": {name: default_storage.url(name) for name in sys.argv[cut + 1 :]},
    "hashed": {name: getattr(staticfiles_storage, "hashed_files", {}).get(name, name) for name in sys.argv[1:cut]},
}
print("\n" + json.dumps(found))
