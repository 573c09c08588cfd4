from wagtail.snippets.models import register_snippet

from forms.viewsets import FormViewSet

register_snippet(FormViewSet)
