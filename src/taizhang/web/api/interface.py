"""The JSON interface, made from the registers that the lines of work declare."""

from collections.abc import Mapping
from typing import Any

from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from taizhang.kernel.registry import registry
from taizhang.web.api.problems import install
from taizhang.web.api.reading import add_reading
from taizhang.web.api.records import add_register
from taizhang.web.api.tokens import Token

VERSION = "1"


class Readable(JSONRenderer):
    """Chinese as Chinese, not as escapes."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


def made() -> NinjaAPI:
    api = NinjaAPI(
        title="台账接口 · Taizhang API",
        version=VERSION,
        description="记录、居民、机构、数字和待办，权限和规则与页面相同。Records, people, organisations, figures, worklist.",
        docs_url=None,
        openapi_url=None,
        auth=Token(),
        urls_namespace="api",
        renderer=Readable(),
    )
    install(api)
    add_reading(api)
    for register in registry.registers.values():
        add_register(api, register)
    return api


api = made()
