export const noticesJa = {
  by: '{{name}}さん',
  overwrote_other: '{{name}}の変更 {{count}}件を上書きしました。',
  left_other: 'その間に変更された{{count}}セルは、そのまま残しました。',
  giveBack: '元に戻す',
  overwritten_other: '{{name}}が、入力したばかりの内容を変更しました（{{mine}} → {{theirs}}、{{count}}セル）。',
  mineAgain: '自分の入力に戻す',
  deleted: '{{name}}が、保存したばかりの内容を削除しました。',
  noWay: '元に戻せなくなりました。',
  undo: {
    title: '元に戻せないセルがあります',
    text: 'ほかの人がその後に変更したセルが含まれています。',
    stop: 'やめる',
    skip: 'この操作を飛ばす',
    partial: '残りだけ戻す',
  },
};
