# SPDX-License-Identifier: MIT
"""A worker of gunicorn that serves Django, 200 times, and dumps itself.

    django_gunicorn.py DUMP"""
import os
import sys
import threading
import urllib.request

import django
import memsee_dump
from django.conf import settings

settings.configure(
    SECRET_KEY="x", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__,
    INSTALLED_APPS=["django.contrib." + name for name in (
        "auth", "contenttypes", "sessions", "admin", "messages")],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware"],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True}])
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402
from gunicorn.app.base import BaseApplication  # noqa: E402

SEEN = []


class Hit:
    def __init__(self, request):
        self.path, self.meta = request.path, dict(request.META)


def index(request):
    SEEN.append(Hit(request))
    if request.GET.get("dump"):
        memsee_dump.dump(request.GET["dump"], fork=True).wait()
        print("ready", os.getpid(), flush=True)
    return HttpResponse("ok")


urlpatterns = [path("", index)]


class Server(BaseApplication):
    def load_config(self):
        self.cfg.set("bind", "127.0.0.1:0")
        self.cfg.set("workers", 1)
        self.cfg.set("when_ready", visit)

    def load(self):
        return get_wsgi_application()


def visit(server):
    port = server.LISTENERS[0].getsockname()[1]

    def ask():
        for i in range(200):
            urllib.request.urlopen("http://127.0.0.1:%d/?i=%d" % (port, i)).read()
        urllib.request.urlopen("http://127.0.0.1:%d/?dump=%s" % (port, sys.argv[1])).read()
    threading.Thread(target=ask, daemon=True).start()


if __name__ == "__main__":
    sys.modules["django_gunicorn"] = sys.modules["__main__"]
    Server().run()
