from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "taizhang.figures"
    label = "figures"
    verbose_name = "数字"

    def ready(self) -> None:
        from taizhang.figures.subscribe import subscribe

        subscribe()
