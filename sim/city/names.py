"""Invented names of people and organisations.

Every person's name ends with the canary, a character that occurs in no other text of the system:
found in a log, it proves that personal data leaked. It needs GB18030's four bytes, so a file read
as plain GBK fails at once.
"""

from sim.city.dice import Dice

CANARY = "㐂"
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
    "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾"
)
DOUBLE_SURNAMES = ("欧阳", "上官", "司马", "诸葛")
GIVEN = (
    "明华建国志强丽敏静秀英芳娟霞艳玲桂兰玉梅红伟军勇杰涛磊洋刚平辉鹏飞超波斌宇浩然博文"
    "子轩梓涵雨欣怡思嘉诗晨曦佳慧雅婷雪琳倩颖春秋冬晓云海山川河清泉松柏竹安宁康乐和顺"
)
BRANDS = (
    "青禾",
    "云帆",
    "拾级",
    "沐光",
    "申知",
    "启航",
    "匠心园",
    "长风",
    "浦知",
    "海桐",
    "江韵",
    "春晓",
    "致用",
    "同舟",
    "明德",
    "乐业",
    "知行",
    "百工",
    "新程",
    "木铎",
    "远山",
    "朗润",
    "若谷",
    "星野",
    "砺行",
    "晨钟",
    "桑榆",
    "兰汀",
    "白榆",
    "鹿鸣",
)


def person_name(dice: Dice) -> str:
    """Return a person's name, the canary last."""
    surname = dice.pick(DOUBLE_SURNAMES) if dice.chance(2) else dice.pick(SURNAMES)
    given = "".join(dice.pick(GIVEN) for _ in range(dice.between(1, 2)))
    return f"{surname}{given}{CANARY}"
