from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from forms.exchange.admin import urls as exchange_urls
from forms.exchange.admin.buttons import listing_button
from forms.viewsets import FormViewSet

register_snippet(FormViewSet)
hooks.register("register_snippet_listing_buttons", listing_button)


@hooks.register("register_admin_urls")
def exchange_admin_urls() -> list[URLPattern | URLResolver]:
    return [path("form-exchange/", include(exchange_urls))]
