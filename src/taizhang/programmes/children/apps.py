from django.apps import AppConfig


class ChildrenConfig(AppConfig):
    name = "taizhang.programmes.children"
    label = "children"
    verbose_name = "儿童健康管理"
