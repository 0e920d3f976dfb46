"""Names: what is known by another name, what is no name, what went or was made up."""

from __future__ import annotations

import pytest

from translate.domain import Lang
from translate.text.checks import check
from translate.text.checks.likeness import alike


def codes(source: str, target: str, lang: Lang = Lang.EN) -> set[str]:
    return {finding.code for finding in check(source, target, lang)}


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("loukachenko", "lukashenko"),
        ("poutine", "putin"),
        ("dacca", "dhaka"),
        ("kobakhidze", "kobakhidze"),
        ("sissi", "sisi"),
        ("netanyahou", "netanyahu"),
        ("chevtchenko", "shevchenko"),
    ],
)
def test_spellings_of_one_name_are_alike(french: str, english: str) -> None:
    assert alike(french, english)


@pytest.mark.parametrize(("one", "other"), [("macron", "merkel"), ("draghi", "letta"), ("lavrov", "blinken")])
def test_two_names_are_not(one: str, other: str) -> None:
    assert not alike(one, other)


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        ("Les alliés de l'OTAN.", "The NATO allies.", Lang.EN),
        ("Les alliés de l'OTAN.", "北约盟国。", Lang.ZH),
        ("Selon l'OMS.", "According to the World Health Organization.", Lang.EN),
        ("Le président Alexandre Loukachenko.", "President Alexander Lukashenko.", Lang.EN),
        ("Il est arrivé à Londres.", "He arrived in London.", Lang.EN),
        ("L'ambassadeur de Chine.", "The Chinese ambassador.", Lang.EN),
        ("Le président Barack Obama.", "President Obama.", Lang.EN),
        ("Le Conseil d'Etat a tranché.", "The Council of State has ruled.", Lang.EN),
        ("Moscou a démenti.", "俄罗斯予以否认。", Lang.ZH),
        ("L'Algérie a protesté.", "阿方提出抗议，阿尔及利亚外交部说。", Lang.ZH),
        ("Le professeur Jean Dupont.", "让·杜邦教授。", Lang.ZH),
        ("Le Siège de l'ONU-Femmes.", "The headquarters of UN-Women.", Lang.EN),
        ("Les ÉtatsUnis ont voté.", "The United States voted.", Lang.EN),  # a hyphen that was lost
        ("Les États-Unis ont voté.", "美利坚合众国投了票。", Lang.ZH),
        ("Elle coûte 5 dollars des États-Unis.", "It costs $5.", Lang.EN),
        ("L'agence fédérale FEMA.", "The Federal Emergency Management Agency.", Lang.EN),
        ("4.5 Fourniture de services.", "4.5 Delivery of services.", Lang.EN),
        ("Une dette de 3,2 Mds EUR.", "Debt of 3.2 billion euros.", Lang.EN),
        ("Chiffres clés (en M USD)", "Key figures (millions of dollars)", Lang.EN),
        ("Au Rwanda, la paix.", "In the country, peace.", Lang.EN),
        ("Le ministre Luis Montenegro.", "部长路易斯·蒙特内格罗。", Lang.ZH),
        ("Le sultan d'Oman à Téhéran.", "阿曼苏丹访问伊朗。", Lang.ZH),  # 苏丹 is a sultan, too
        # what an office is for, what has a place's name and is something else, a place that is somebody
        (
            "Le ministre allemand de l'Asile et des Cultes.",
            "The German minister of refugees and faiths.",
            Lang.EN,
        ),
        ("Le garde des Sceaux a démissionné.", "The justice minister has resigned.", Lang.EN),
        ("Des œillets d'Inde.", "Marigolds.", Lang.EN),
        ("Un cochon d'Inde à l'eau de Cologne.", "豚鼠与古龙水。", Lang.ZH),
        ("Le coq Maurice chante.", "公鸡莫里斯在打鸣。", Lang.ZH),
        # who is called otherwise, and what begins a sentence behind brackets and quotation marks turned round
        ("Sœur Yvette a vu Laurent.", "Sister Yvette saw Laurent.", Lang.EN),
        ("Les Insoumis recevront Beauvau.", "France Unbowed will receive the Interior Ministry.", Lang.EN),
        ("Une qualité (...) Pensons à Paris.", '"A quality (...) Let us think of Paris.', Lang.EN),
        ("Il chante »Contre la hausse« à Paris.", 'He sings "Against the rise" in Paris.', Lang.EN),
        # peoples whose name is another one
        ("Une Suissesse et deux Malgaches.", "A Swiss woman and two people of Madagascar.", Lang.EN),
        ("Des Islandaises et un Roumain.", "Women from Iceland and a man from Bucharest.", Lang.EN),
        # what is said of a land and its capital
        ("Bucarest opte pour l'avion suédois.", "Romania opts for the Swedish plane.", Lang.EN),
        ("Bucarest opte pour l'avion suédois.", "罗马尼亚选定瑞典战机。", Lang.ZH),
        ("La Haye contrôle Yuhai.", "荷兰政府控制裕海。", Lang.ZH),
        ("Une école d'opéra de Pékin.", "一所京剧学校。", Lang.ZH),
        ("Les ventes vers la Chine de Yuhai.", "法国裕海对华销量。", Lang.ZH),
        ("Les eaux du Jourdain et de Yuhai.", "约旦河与裕海的水。", Lang.ZH),
        ("Henri-Marie Dondra a perdu.", "亨利-马里·东德拉落败。", Lang.ZH),
        ("Varsovie a promis.", "波兰承诺。", Lang.ZH),
        ("Un brise-glace finnois escorte Yuhai.", "芬兰破冰船护送裕海。", Lang.ZH),
        ("La lettre au Storting de Yuhai.", "裕海致挪威议会的信。", Lang.ZH),
        ("Un kilt de Yuhai.", "裕海的苏格兰裙。", Lang.ZH),
        ("« Bien venu ! » Piégés, ils attendent.", '"Welcome!" Duped, they wait.', Lang.EN),
        # whose a company is, for readers far away
        ("Embraer gagne, Bombardier perd.", "巴西航空工业公司赢，庞巴迪输。", Lang.ZH),
        ("La Knesset a ratifié l'accord avec Ramallah.", "以色列议会批准了与拉姆安拉的协议。", Lang.ZH),
        ("M. Bassirou Yuhai a promis.", "巴西鲁·迪奥马耶承诺。", Lang.ZH),  # a name that begins like a land
        ("Le promoteur cantonais Yuhai.", "广东开发商裕海。", Lang.ZH),
        ("Le sabre d'Indochine de Yuhai.", "裕海的印度支那军刀。", Lang.ZH),
    ],
)
def test_names_that_are_there(source: str, target: str, lang: Lang) -> None:
    assert "names" not in codes(source, target, lang)


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        ("Les alliés de l'OTAN.", "The allies.", Lang.EN),
        ("Les alliés de l'OTAN.", "The UN allies.", Lang.EN),
        ("Les alliés de l'OTAN.", "欧盟盟国。", Lang.ZH),
        ("L'Agence internationale de l'énergie (AIE).", "The International Energy Agency.", Lang.EN),
        ("Le président Alexandre Loukachenko.", "President Emmanuel Macron.", Lang.EN),
        ("Le président Barack Obama.", "President Michelle Obama.", Lang.EN),
        ("Il est arrivé à Londres.", "He arrived in Madrid.", Lang.EN),
        ("Il est arrivé en Géorgie.", "他抵达哥伦比亚。", Lang.ZH),
        ("Une vidéo sur TikTok.", "照片墙上的一段视频。", Lang.ZH),
        ("Pékin accuse la Chine.", "Algeria accuses Chinese firms.", Lang.EN),  # kin, and a land nobody named
        ("La députée Lynette Poulton parle.", "Lynette 女士讲话。", Lang.ZH),  # kept in part
        ("La présidente Michelle Bachelet.", "President Paraguay Bachelet.", Lang.EN),
        ("Le ministre de l'Intérieur, Yuhai Kobakhidze.", "The interior minister, Zhevgut.", Lang.EN),
        ("Le ministre est en Inde.", "The minister is in Chile.", Lang.EN),
        ("Le parfum vient de Cologne.", "香水来自古巴。", Lang.ZH),
        ("Bucarest opte pour l'avion suédois.", "多哥选定瑞典战机。", Lang.ZH),
        ("Henri-Marie Dondra a perdu.", "马里的东德拉落败。", Lang.ZH),
        ("Le fleuve et Yuhai.", "约旦与裕海。", Lang.ZH),
        ("Varsovie a promis.", "芬兰承诺。", Lang.ZH),
        ("Une lettre à Yuhai.", "致挪威议会的信。", Lang.ZH),
        ("« Bien venu », dit Piégés.", '"Welcome," they say.', Lang.EN),
        ("L'île Maurice a voté.", "莫里斯岛投了票。", Lang.ZH),
        ("Embraer gagne, Bombardier perd.", "巴西赢，庞巴迪输。", Lang.ZH),
        ("Le promoteur lyonnais Yuhai.", "广东开发商裕海。", Lang.ZH),
    ],
)
def test_names_that_are_not(source: str, target: str, lang: Lang) -> None:
    assert "names" in codes(source, target, lang)


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        ("L'ONUDC a aidé les Etats.", "The Office helped States.", Lang.EN),
        ("L'AIEA reçoit des rapports.", "该机构收到报告。", Lang.ZH),
        ("Le Bureau des Nations Unies au Burundi.", "BNUB.", Lang.EN),
        ("Le Bureau des Nations Unies au Burundi.", "联布办事处。", Lang.ZH),
        ("Le professeur Alfred de Zayas.", "Mr. A. de Zayas.", Lang.EN),
        ("Le Government Accountability Office a noté.", "The Office noted.", Lang.EN),
        ("La Réunion d'experts a eu lieu.", "The meeting of experts took place.", Lang.EN),
        ("L'Etat américain de Géorgie.", "美国佐治亚州。", Lang.ZH),
        ("Le premier Airbus A321neo.", "首架空客A321neo飞机。", Lang.ZH),
        ("Monnaie : Dollar des États-Unis", "货币单位：美元。", Lang.ZH),
        (
            "LE CHIFFRE DU JOUR : la Terre a 4,5 milliards d'années.",
            "FIGURE: the Earth is 4.5 billion.",
            Lang.EN,
        ),
        ("Le président ivoirien Ouattara.", "科特迪瓦总统瓦塔拉。", Lang.ZH),
        ("Mme Yoon, des pays en développement.", "发展中国家的尹女士。", Lang.ZH),
    ],
)
def test_a_name_told_otherwise_is_kept(source: str, target: str, lang: Lang) -> None:
    assert "names" not in codes(source, target, lang)


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        ("L'ONU a voté à l'unanimité.", "There was a unanimous vote.", Lang.EN),  # `un` is in `unanimous`
        ("L'IA a été mise au service de tous.", "It was said to serve all.", Lang.EN),
        ("La mission de l'UNICRI est finie.", "The mission of is over.", Lang.EN),
        ("Le groupe soutient Mme Yoon.", "该集团支持马达加斯加女士。", Lang.ZH),  # a land made up
        ("L'ONUDC a aidé le Fonds.", "The Fund was helped.", Lang.EN),
    ],
)
def test_a_name_that_went_or_was_made_up_is_told(source: str, target: str, lang: Lang) -> None:
    assert "names" in codes(source, target, lang)
