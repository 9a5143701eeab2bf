import type { Text } from './text.js';

/**
 * Administrative divisions (GB/T 2260): every province, and the prefectures and counties of Sichuan. `code name pinyin`, source: the
 * Ministry of Civil Affairs' public list. A code that is not here is named as far as its province is.
 */
const table = `
110000 北京市 Beijing|120000 天津市 Tianjin|130000 河北省 Hebei|140000 山西省 Shanxi|150000 内蒙古自治区 Inner Mongolia|
210000 辽宁省 Liaoning|220000 吉林省 Jilin|230000 黑龙江省 Heilongjiang|310000 上海市 Shanghai|320000 江苏省 Jiangsu|
330000 浙江省 Zhejiang|340000 安徽省 Anhui|350000 福建省 Fujian|360000 江西省 Jiangxi|370000 山东省 Shandong|
410000 河南省 Henan|420000 湖北省 Hubei|430000 湖南省 Hunan|440000 广东省 Guangdong|450000 广西壮族自治区 Guangxi|
460000 海南省 Hainan|500000 重庆市 Chongqing|510000 四川省 Sichuan|520000 贵州省 Guizhou|530000 云南省 Yunnan|
540000 西藏自治区 Tibet|610000 陕西省 Shaanxi|620000 甘肃省 Gansu|630000 青海省 Qinghai|640000 宁夏回族自治区 Ningxia|
650000 新疆维吾尔自治区 Xinjiang|710000 台湾省 Taiwan|810000 香港特别行政区 Hong Kong|820000 澳门特别行政区 Macao|510100 成都市 Chengdu|
510300 自贡市 Zigong|510400 攀枝花市 Panzhihua|510500 泸州市 Luzhou|510600 德阳市 Deyang|510700 绵阳市 Mianyang|
510800 广元市 Guangyuan|510900 遂宁市 Suining|511000 内江市 Neijiang|511100 乐山市 Leshan|511300 南充市 Nanchong|
511400 眉山市 Meishan|511500 宜宾市 Yibin|511600 广安市 Guang'an|511700 达州市 Dazhou|511800 雅安市 Ya'an|511900 巴中市 Bazhong|
512000 资阳市 Ziyang|513200 阿坝藏族羌族自治州 Aba|513300 甘孜藏族自治州 Garze|513400 凉山彝族自治州 Liangshan|510104 锦江区 Jinjiang|
510105 青羊区 Qingyang|510106 金牛区 Jinniu|510107 武侯区 Wuhou|510108 成华区 Chenghua|510112 龙泉驿区 Longquanyi|
510113 青白江区 Qingbaijiang|510114 新都区 Xindu|510115 温江区 Wenjiang|510116 双流区 Shuangliu|510117 郫都区 Pidu|
510118 新津区 Xinjin|510121 金堂县 Jintang|510129 大邑县 Dayi|510131 蒲江县 Pujiang|510181 都江堰市 Dujiangyan|
510182 彭州市 Pengzhou|510183 邛崃市 Qionglai|510184 崇州市 Chongzhou|510185 简阳市 Jianyang|510302 自流井区 Ziliujing|
510303 贡井区 Gongjing|510304 大安区 Da'an|510311 沿滩区 Yantan|510321 荣县 Rongxian|510322 富顺县 Fushun|510402 东区 Dongqu|
510403 西区 Xiqu|510411 仁和区 Renhe|510421 米易县 Miyi|510422 盐边县 Yanbian|510502 江阳区 Jiangyang|510503 纳溪区 Naxi|
510504 龙马潭区 Longmatan|510521 泸县 Luxian|510522 合江县 Hejiang|510524 叙永县 Xuyong|510525 古蔺县 Gulin|
510603 旌阳区 Jingyang|510604 罗江区 Luojiang|510623 中江县 Zhongjiang|510681 广汉市 Guanghan|510682 什邡市 Shifang|
510683 绵竹市 Mianzhu|510703 涪城区 Fucheng|510704 游仙区 Youxian|510705 安州区 Anzhou|510722 三台县 Santai|
510723 盐亭县 Yanting|510725 梓潼县 Zitong|510726 北川羌族自治县 Beichuan|510727 平武县 Pingwu|510781 江油市 Jiangyou|
510802 利州区 Lizhou|510811 昭化区 Zhaohua|510812 朝天区 Chaotian|510821 旺苍县 Wangcang|510822 青川县 Qingchuan|
510823 剑阁县 Jiange|510824 苍溪县 Cangxi|510903 船山区 Chuanshan|510904 安居区 Anju|510921 蓬溪县 Pengxi|510923 大英县 Daying|
510981 射洪市 Shehong|511002 市中区 Shizhong|511011 东兴区 Dongxing|511024 威远县 Weiyuan|511025 资中县 Zizhong|
511083 隆昌市 Longchang|511102 市中区 Shizhong|511111 沙湾区 Shawan|511112 五通桥区 Wutongqiao|511113 金口河区 Jinkouhe|
511123 犍为县 Qianwei|511124 井研县 Jingyan|511126 夹江县 Jiajiang|511129 沐川县 Muchuan|511132 峨边彝族自治县 Ebian|
511133 马边彝族自治县 Mabian|511181 峨眉山市 Emeishan|511302 顺庆区 Shunqing|511303 高坪区 Gaoping|511304 嘉陵区 Jialing|
511321 南部县 Nanbu|511322 营山县 Yingshan|511323 蓬安县 Peng'an|511324 仪陇县 Yilong|511325 西充县 Xichong|
511381 阆中市 Langzhong|511402 东坡区 Dongpo|511403 彭山区 Pengshan|511421 仁寿县 Renshou|511423 洪雅县 Hongya|
511424 丹棱县 Danleng|511425 青神县 Qingshen|511502 翠屏区 Cuiping|511503 南溪区 Nanxi|511504 叙州区 Xuzhou|
511523 江安县 Jiang'an|511524 长宁县 Changning|511525 高县 Gaoxian|511526 珙县 Gongxian|511527 筠连县 Junlian|
511528 兴文县 Xingwen|511529 屏山县 Pingshan|511602 广安区 Guang'an|511603 前锋区 Qianfeng|511621 岳池县 Yuechi|
511622 武胜县 Wusheng|511623 邻水县 Linshui|511681 华蓥市 Huaying|511702 通川区 Tongchuan|511703 达川区 Dachuan|
511722 宣汉县 Xuanhan|511723 开江县 Kaijiang|511724 大竹县 Dazhu|511725 渠县 Quxian|511781 万源市 Wanyuan|
511802 雨城区 Yucheng|511803 名山区 Mingshan|511822 荥经县 Yingjing|511823 汉源县 Hanyuan|511824 石棉县 Shimian|
511825 天全县 Tianquan|511826 芦山县 Lushan|511827 宝兴县 Baoxing|511902 巴州区 Bazhou|511903 恩阳区 Enyang|
511921 通江县 Tongjiang|511922 南江县 Nanjiang|511923 平昌县 Pingchang|512002 雁江区 Yanjiang|512021 安岳县 Anyue|
512022 乐至县 Lezhi|513201 马尔康市 Barkam|513221 汶川县 Wenchuan|513222 理县 Lixian|513223 茂县 Maoxian|513224 松潘县 Songpan|
513225 九寨沟县 Jiuzhaigou|513226 金川县 Jinchuan|513227 小金县 Xiaojin|513228 黑水县 Heishui|513230 壤塘县 Rangtang|
513231 阿坝县 Aba County|513232 若尔盖县 Zoige|513233 红原县 Hongyuan|513301 康定市 Kangding|513322 泸定县 Luding|
513323 丹巴县 Danba|513324 九龙县 Jiulong|513325 雅江县 Yajiang|513326 道孚县 Daofu|513327 炉霍县 Luhuo|513328 甘孜县 Ganzi|
513329 新龙县 Xinlong|513330 德格县 Dege|513331 白玉县 Baiyu|513332 石渠县 Shiqu|513333 色达县 Seda|513334 理塘县 Litang|
513335 巴塘县 Batang|513336 乡城县 Xiangcheng|513337 稻城县 Daocheng|513338 得荣县 Derong|513401 西昌市 Xichang|
513402 会理市 Huili|513422 木里藏族自治县 Muli|513423 盐源县 Yanyuan|513424 德昌县 Dechang|513426 会东县 Huidong|
513427 宁南县 Ningnan|513428 普格县 Puge|513429 布拖县 Butuo|513430 金阳县 Jinyang|513431 昭觉县 Zhaojue|513432 喜德县 Xide|
513433 冕宁县 Mianning|513434 越西县 Yuexi|513435 甘洛县 Ganluo|513436 美姑县 Meigu|513437 雷波县 Leibo
`;

const names = new Map<string, Text>(
  table
    .replaceAll('\n', '')
    .split('|')
    .map((row) => {
      const [code = '', zh = '', ...en] = row.split(' ');
      return [code, { zh, en: en.join(' ') }];
    }),
);

/** The name of one division by its six digits. */
export const divisionName = (code: string): Text | undefined => names.get(code);

/**
 * Where a place lies, as a consumer reads it: province to county, then the township. Cities that are provinces, and prefecture and
 * province of the same name, are said once. `from` leaves out what is above it: 2 begins at the prefecture.
 */
export function regionOf(code: string, town?: string, from: 0 | 2 = 0): Text | undefined {
  const codes = [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code].slice(from === 2 ? 1 : 0);
  const parts = [...new Set(codes)].flatMap((each) => names.get(each) ?? []);
  if (parts.length === 0 && town === undefined) return undefined;
  return {
    zh: parts.map((part) => part.zh).join('') + (town ?? ''),
    en: [...(town === undefined ? [] : [town]), ...parts.map((part) => part.en).reverse()].join(', '),
  };
}
