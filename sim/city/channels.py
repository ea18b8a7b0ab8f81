"""The three apps in which holders see their vouchers (notice 三.(一)), as client channels."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Channel:
    """An app by its client id at the identity provider, with its names."""

    client_id: str
    name_zh: str
    name_en: str
    since: str = "2026-01-01"


CHANNELS = (
    Channel("shanghai-hrss-app", "上海人社APP", "Shanghai HRSS app"),
    Channel("wechat-card", "微信电子社保卡小程序", "WeChat e-social-security-card mini program"),
    Channel("alipay-card", "支付宝电子社保卡", "Alipay e-social-security-card"),
)
