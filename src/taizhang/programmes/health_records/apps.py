from django.apps import AppConfig


class HealthRecordsConfig(AppConfig):
    name = "taizhang.programmes.health_records"
    label = "health_records"
    verbose_name = "居民健康档案管理"
