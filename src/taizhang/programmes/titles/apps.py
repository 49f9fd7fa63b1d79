from django.apps import AppConfig


class TitlesConfig(AppConfig):
    name = "taizhang.programmes.titles"
    label = "titles"
    verbose_name = "创建评审"
