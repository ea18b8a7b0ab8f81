"""Occupations, levels and which occupations a programme favours.

The favoured lists are those of the sample programmes; a class or certificate takes its occupation
from here and nowhere else.
"""

LEVELS = ("五级", "四级", "三级", "二级", "一级")

URGENT_OCCUPATIONS = ("养老护理员", "家政服务员", "人工智能训练师", "工业机器人系统操作员")
ORDINARY_OCCUPATIONS = (
    "中式烹调师",
    "西式面点师",
    "电工",
    "茶艺师",
    "美发师",
    "育婴员",
    "汽车维修工",
    "电子商务师",
)
UPLIFTED_OCCUPATIONS = (
    "药物检验员",
    "化学合成制药工",
    "药物制剂工",
    "生化药品制造工",
    "疫苗制品工",
    "电子产品制版工",
    "印制电路制作工",
    "半导体芯片制造工",
    "半导体分立器件和集成电路装调工",
    "人工智能训练师",
    "工业机器人系统操作员",
    "工业机器人系统运维员",
    "计算机程序设计员",
    "计算机软件测试员",
    "多工序数控机床操作调整工",
    "养老护理员",
    "家政服务员",
)


def is_at_least(level: str, lowest: str) -> bool:
    """Say whether a level is `lowest` or a more skilled one."""
    return LEVELS.index(level) >= LEVELS.index(lowest)
