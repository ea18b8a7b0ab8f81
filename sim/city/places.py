"""The sixteen districts of Shanghai and two real places in each, in GCJ-02.

District codes are those of GB/T 2260. Places are metro stations and landmarks, good to a few
hundred metres: enough for a teaching site that never was there.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A place in GCJ-02 degrees."""

    name: str
    longitude: float
    latitude: float


@dataclass(frozen=True)
class District:
    """A district, its code and its two places."""

    code: str
    name: str
    places: tuple[Place, Place]


DISTRICTS = (
    District(
        "310101", "黄浦区", (Place("老西门", 121.4829, 31.2189), Place("大世界", 121.4793, 31.2273))
    ),
    District(
        "310104",
        "徐汇区",
        (Place("徐家汇", 121.4383, 31.1928), Place("上海南站", 121.4299, 31.1549)),
    ),
    District(
        "310105",
        "长宁区",
        (Place("中山公园", 121.4180, 31.2185), Place("娄山关路", 121.4043, 31.2111)),
    ),
    District(
        "310106", "静安区", (Place("静安寺", 121.4463, 31.2232), Place("马戏城", 121.4521, 31.2796))
    ),
    District(
        "310107", "普陀区", (Place("真如", 121.4073, 31.2505), Place("上海西站", 121.4014, 31.2627))
    ),
    District(
        "310109",
        "虹口区",
        (Place("虹口足球场", 121.4791, 31.2717), Place("四川北路", 121.4842, 31.2520)),
    ),
    District(
        "310110", "杨浦区", (Place("五角场", 121.5146, 31.2981), Place("江浦路", 121.5183, 31.2750))
    ),
    District(
        "310112", "闵行区", (Place("莘庄", 121.3850, 31.1109), Place("七宝", 121.3496, 31.1554))
    ),
    District(
        "310113",
        "宝山区",
        (Place("友谊路", 121.4760, 31.4040), Place("顾村公园", 121.3727, 31.3449)),
    ),
    District(
        "310114", "嘉定区", (Place("嘉定新城", 121.2544, 31.3301), Place("安亭", 121.1621, 31.2885))
    ),
    District(
        "310115",
        "浦东新区",
        (Place("张江高科", 121.5876, 31.2018), Place("惠南", 121.7619, 31.0538)),
    ),
    District(
        "310116", "金山区", (Place("金山卫", 121.3400, 30.7280), Place("朱泾", 121.1630, 30.8960))
    ),
    District(
        "310117",
        "松江区",
        (Place("松江新城", 121.2308, 31.0302), Place("大学城", 121.2327, 31.0541)),
    ),
    District(
        "310118", "青浦区", (Place("曲水园", 121.1092, 31.1502), Place("徐泾东", 121.3011, 31.1892))
    ),
    District(
        "310120",
        "奉贤区",
        (Place("奉浦大道", 121.4493, 30.9420), Place("环城东路", 121.4636, 30.9311)),
    ),
    District(
        "310151", "崇明区", (Place("崇明学宫", 121.4076, 31.6291), Place("堡镇", 121.6180, 31.5430))
    ),
)
