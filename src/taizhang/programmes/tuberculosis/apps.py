from django.apps import AppConfig


class TuberculosisConfig(AppConfig):
    name = "taizhang.programmes.tuberculosis"
    label = "tuberculosis"
    verbose_name = "肺结核防治"
