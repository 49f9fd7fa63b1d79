"""The description of the interface: as OpenAPI for programs, and as a page for people, drawn from the same."""

from functools import lru_cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET
from ninja import NinjaAPI
from ninja.openapi.schema import REF_TEMPLATE, OpenAPISchema
from ninja.schema import NinjaGenerateJsonSchema

from taizhang.web.api.interface import api
from taizhang.web.api.problems import TOKEN, Problem, problem
from taizhang.web.api.tokens import staff_of

_METHODS = ("get", "post", "put", "delete")


class _Description(OpenAPISchema):
    """Each shape that is answered is described once: a record's stands at reading it, adding it and changing it. What is wrong is described
    beside them, by no operation's model."""

    def __init__(self, described: NinjaAPI, path_prefix: str) -> None:
        self._made: dict[Any, tuple[dict[str, Any], bool]] = {}
        super().__init__(described, path_prefix)

    def _create_schema_from_model(
        self, model: Any, by_alias: bool = True, remove_level: bool = True, mode: Any = "validation"
    ) -> tuple[dict[str, Any], bool]:
        if list(model.model_fields) != ["response"]:  # what is asked stands at one operation only
            return super()._create_schema_from_model(model, by_alias, remove_level, mode)
        shape = (model.model_fields["response"].annotation, by_alias, remove_level, mode)
        if shape not in self._made:
            self._made[shape] = super()._create_schema_from_model(model, by_alias, remove_level, mode)
        return self._made[shape]

    def get_components(self) -> dict[str, Any]:
        shape = Problem.model_json_schema(ref_template=REF_TEMPLATE, schema_generator=NinjaGenerateJsonSchema, mode="serialization")
        self.add_schema_definitions({**shape.pop("$defs"), Problem.__name__: shape})
        components: dict[str, Any] = super().get_components()
        return components


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """The OpenAPI of what is declared."""
    return dict(_Description(api, "/api/"))


@login_not_required
@require_GET
def openapi(request: HttpRequest) -> HttpResponseBase:
    """For those signed in, and for programs with a token."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if not request.user.is_authenticated and (scheme.lower() != "bearer" or staff_of(token.strip()) is None):
        return problem(401, TOKEN)
    return JsonResponse(schema(), json_dumps_params={"ensure_ascii": False})


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    made = schema()
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, operations in made["paths"].items():
        for method in _METHODS:
            if (operation := operations.get(method)) is not None:
                body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
                groups.setdefault(operation["tags"][0], []).append(
                    {
                        "method": method.upper(),
                        "path": path,
                        "summary": operation.get("summary", ""),
                        "parameters": [_parameter(p) for p in operation.get("parameters", [])],
                        "fields": _fields(body, made) if method == "post" else [],
                        "same": method == "put",
                    }
                )
    return render(request, "web/api/docs.html", {"groups": list(groups.items()), "version": made["info"]["version"]})


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": parameter["name"],
        "in": parameter["in"],
        "required": parameter.get("required", False),
        **_described(parameter["schema"]),
    }


def _fields(body: dict[str, Any], made: dict[str, Any]) -> list[dict[str, Any]]:
    reference = body.get("$ref", "").rpartition("/")[2]
    shape = made["components"]["schemas"].get(reference, {})
    required = set(shape.get("required", ()))
    return [{"name": name, "required": name in required, **_described(one)} for name, one in shape.get("properties", {}).items()]


def _described(one: dict[str, Any]) -> dict[str, Any]:
    """A field in words: type, unit, range, codes."""
    kinds = one.get("anyOf") or one.get("allOf") or [one]
    first = next((kind for kind in kinds if kind.get("type") != "null"), kinds[0])
    whole = {**first, **{k: v for k, v in one.items() if k not in ("anyOf", "allOf")}}
    low, high = whole.get("minimum"), whole.get("maximum")
    return {
        "title": whole.get("title", ""),
        "description": whole.get("description", ""),
        "type": whole.get("format") or whole.get("type", "") or "code",
        "unit": whole.get("x-unit", ""),
        "range": f"{low:g}–{high:g}" if low is not None and high is not None and high < 10**12 else "",
        "longest": whole.get("maxLength", ""),
        "codes": [(code, label["zh"], label.get("en", "")) for code, label in whole.get("x-codes", {}).items()],
    }
