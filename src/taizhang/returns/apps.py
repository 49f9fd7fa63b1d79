from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "taizhang.returns"
    label = "returns"
    verbose_name = "报表"

    def ready(self) -> None:
        from taizhang.county.closing import given_out_by
        from taizhang.returns.states import given_out

        given_out_by(given_out)
