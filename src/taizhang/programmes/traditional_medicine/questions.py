"""老年人中医药健康管理服务记录表: its 33 questions in the order of the form, and which of them make up each constitution."""

from taizhang.kernel.text import Text

# Questions answered by how often (没有 to 总是), but for those with wordings of their own.
QUESTIONS: tuple[tuple[str, str], ...] = (
    ("您精力充沛吗？", "Are you full of energy?"),
    ("您容易疲乏吗？", "Do you tire easily?"),
    ("您容易气短，呼吸短促，接不上气吗？", "Do you get short of breath?"),
    ("您说话声音低弱无力吗？", "Is your voice low and weak?"),
    ("您感到闷闷不乐、情绪低沉吗？", "Do you feel low?"),
    ("您容易精神紧张、焦虑不安吗？", "Do you get tense and anxious?"),
    ("您因为生活状态改变而感到孤独、失落吗？", "Do changes in life make you feel lonely and lost?"),
    ("您容易感到害怕或受到惊吓吗？", "Are you easily frightened?"),
    ("您感到身体超重不轻松吗？", "Do you feel heavy and overweight?"),
    ("您眼睛干涩吗？", "Are your eyes dry?"),
    ("您手脚发凉吗？", "Are your hands and feet cold?"),
    ("您胃脘部、背部或腰膝部怕冷吗？", "Do your stomach, back, waist or knees feel the cold?"),
    ("您比一般人耐受不了寒冷吗？", "Do you bear cold less than others?"),
    ("您容易患感冒吗？", "Do you catch cold easily?"),
    ("您没有感冒时也会鼻塞、流鼻涕吗？", "Is your nose blocked or running without a cold?"),
    ("您有口粘口腻，或睡眠打鼾吗？", "Is your mouth sticky, or do you snore?"),
    ("您容易过敏吗？", "Do you get allergies easily?"),
    ("您的皮肤容易起荨麻疹吗？", "Do you get nettle rash easily?"),
    ("您的皮肤在不知不觉中会出现青紫瘀斑、皮下出血吗？", "Does your skin bruise without cause?"),
    ("您的皮肤一抓就红，并出现抓痕吗？", "Does your skin redden and mark when scratched?"),
    ("您皮肤或口唇干吗？", "Are your skin or lips dry?"),
    ("您有肢体麻木或固定部位疼痛的感觉吗？", "Are your limbs numb, or is there pain in one place?"),
    ("您面部或鼻部有油腻感或者油亮发光吗？", "Is your face or nose oily?"),
    ("您面色或目眶晦黯，或出现褐色斑块/斑点吗？", "Is your face or the rim of your eyes dark, or spotted brown?"),
    ("您有皮肤湿疹、疮疖吗？", "Do you have eczema or boils?"),
    ("您感到口干咽燥、总想喝水吗？", "Are your mouth and throat dry, do you want to drink?"),
    ("您感到口苦或嘴里有异味吗？", "Is there a bitter or foul taste in your mouth?"),
    ("您腹部肥大吗？", "Is your belly large?"),
    ("您吃（喝）凉的东西会感到不舒服或者怕吃（喝）凉的东西吗？", "Does cold food or drink make you unwell?"),
    ("您有大便黏滞不爽、解不尽的感觉吗？", "Are your stools sticky, as if not finished?"),
    ("您容易大便干燥吗？", "Are your stools dry?"),
    ("您舌苔厚腻或有舌苔厚厚的感觉吗？", "Is your tongue coated thick?"),
    ("您舌下静脉瘀紫或增粗吗？", "Are the veins below your tongue purple or thick?"),
)
FIELDS = tuple(f"q{number}" for number in range(1, len(QUESTIONS) + 1))

OFTEN = (
    Text("没有（根本不）", "Not at all"), Text("很少（有一点）", "A little"), Text("有时（有些）", "Sometimes"),
    Text("经常（相当）", "Often"), Text("总是（非常）", "Always"),
)  # fmt: skip
OWN_ANSWERS = {
    9: (Text("体质指数<24", "BMI < 24"), Text("24≤体质指数<25", "24 to < 25"), Text("25≤体质指数<26", "25 to < 26"),
        Text("26≤体质指数<28", "26 to < 28"), Text("体质指数≥28", "28 and more")),
    14: (Text("一年<2次", "< 2 a year"), Text("一年感冒2–4次", "2 to 4"), Text("一年感冒5–6次", "5 or 6"),
         Text("一年8次以上", "8 and more"), Text("几乎每月都感冒", "Nearly every month")),
    17: (Text("从来没有", "Never"), Text("一年1、2次", "1 or 2 a year"), Text("一年3、4次", "3 or 4"), Text("一年5、6次", "5 or 6"),
         Text("每次遇到上述原因都过敏", "Every time")),
    28: (Text("腹围<80cm", "Waist < 80 cm"), Text("腹围80–85cm", "80 to 85"), Text("腹围86–90cm", "86 to 90"),
         Text("腹围91–105cm", "91 to 105"), Text("腹围>105cm", "> 105")),
}  # fmt: skip

BALANCED = "balanced"
# 体质判定标准表: the questions of each type. The balanced type takes four of its five the other way round (1 for 5, 2 for 4).
TYPES: dict[str, tuple[Text, tuple[int, ...]]] = {
    "qi_deficient": (Text("气虚质", "Qi-deficient"), (2, 3, 4, 14)),
    "yang_deficient": (Text("阳虚质", "Yang-deficient"), (11, 12, 13, 29)),
    "yin_deficient": (Text("阴虚质", "Yin-deficient"), (10, 21, 26, 31)),
    "phlegm_damp": (Text("痰湿质", "Phlegm-damp"), (9, 16, 28, 32)),
    "damp_heat": (Text("湿热质", "Damp-heat"), (23, 25, 27, 30)),
    "blood_stasis": (Text("血瘀质", "Blood stasis"), (19, 22, 24, 33)),
    "qi_stagnant": (Text("气郁质", "Qi-stagnant"), (5, 6, 7, 8)),
    "inherited": (Text("特禀质", "Inherited special"), (15, 17, 18, 20)),
    BALANCED: (Text("平和质", "Balanced"), (1, 2, 4, 5, 13)),
}
BIASED = tuple(code for code in TYPES if code != BALANCED)
REVERSED = (2, 4, 5, 13)
