"""The functions of a voucher (功能) that a programme may have switched on (notice 二.(三))."""

from enum import StrEnum

from chalicelib.errors import Rule

FUNCTIONS = Rule("functions", "二.(三)")


class Function(StrEnum):
    """What a programme's vouchers can be used for, each switched by itself."""

    ISSUE = "issue"  # 发放
    CLAIM = "claim"  # 领取
    VERIFY = "verify"  # 验证
    CHECK_IN = "check-in"  # 打卡签到
    ASSESS = "assess"  # 考核
    SETTLE = "settle"  # 结算
