from django.apps import AppConfig


class HealthEducationConfig(AppConfig):
    name = "taizhang.programmes.health_education"
    label = "health_education"
    verbose_name = "健康教育"
