"""Search over the public pages."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from content.selectors import PAGE_SIZE, find_pages

LONGEST = 200


@require_safe
def search_pages(request: HttpRequest) -> HttpResponse:
    """What was looked for is shown back and kept nowhere."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    results = Paginator(find_pages(text), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "cdop_content/search.html", {"text": text, "results": results})
