export const wayJa = {
  title: '案がよくなるまでの経過',
  best: '案のペナルティ',
  bound: '下限',
  text: '{{seconds}}秒で{{first}}から{{best}}まで下がりました。下限は{{bound}}です。',
  proved: 'これより良い案がないことが証明されました。',
  within: '理論上の最良との差は最大{{percent}}%です。',
  unknown: '最良の案との差はまだわかりません。',
  seconds: '{{seconds}}秒',
  remarks: '効力のない設定（{{count}}件）',
};
