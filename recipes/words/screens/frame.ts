/** The frame around every screen: rail, bars, strips, who, pairing, PIN. The Chinese ones decide which texts exist. */
export const frameZh = {
  'place.board': '看板',
  'place.waste': '损耗',
  'place.trim': '修割',
  'place.prep': '备料',
  'place.receive': '收货',
  'place.count': '盘点',
  'place.inbox': '待处理',
  'place.more': '更多',
  'place.recipes': '配方',
  'place.settings': '设置',
  'place.setup': '首次设置',
  'place.nav': '页面',

  'frame.toUpload': '待传 {n}',
  'frame.otherLanguage': '切换语言',
  'frame.screenFailed': '这个页面没能载入:{reason}。已记录的都在本机。',
  'frame.screenLoading': '载入中…',
  'frame.offline': '离线 · 已存在本机 {n} 笔 · 连上自动上传。数字截至 {time}。',
  'frame.cannotStore':
    '本机存不下记录(隐私模式或空间已满)。记录会直接发送:发完之前请不要关闭此页。',
  'frame.fixCount': '需要更正 {n}',
  'frame.from': '数字来自 {ago}',

  'who.nobody': '谁在用?',
  'who.title': '谁在操作?',
  'who.none': '还没有人员名单。经理可在“设置”的“人员”里添加。',
  'who.nameless': '不记名',
  'who.wipe': '擦屏',
  'who.wipeHint': '锁屏 10 秒,好擦屏幕',
  'who.wiping': '正在擦屏,{n} 秒后恢复',
  'who.device': '本机:{name}',
  'who.signOut': '本机退出登录',

  'level.offline': '离线可用',
  'level.noReload': '离线刷新不可用',
  'level.noReloadHint': '没有 HTTPS:断网时请不要刷新或关闭此页。已记录的不会丢。',
  'level.offlineHint': '断网时也能刷新和打开此页。',

  'pair.working': '正在配对这台设备…',
  'pair.refused': '配对码无效或已过期。请经理在“设置”的“设备”里再出一个。',
  'pair.title': '配对这台设备',

  'pin.title': '请经理输入密码',
  'pin.why': '“{text}”需要经理确认。输入密码,或扫工牌。',
  'pin.wrong': '密码不对,请再试。',
  'pin.wait': '输错太多次,请等 {n} 秒。',
  'pin.noBox': '连不上主机,现在不能确认。',
  'pin.notManager': '这个人没有经理权限。',
  'pin.enter': '确认',
  'pin.clear': '清除',
  'pin.digits': '已输入 {n} 位',

  'pad.back': '退格',
  'pad.done': '好',
  'pad.unit': '单位',
  'pad.quick': '常用',
  'pad.over': '超过现存 {quantity},照样记录',
  'pad.all': '全部 {quantity}',
  'pad.point': '小数点',
  'pad.empty': '输入数量',

  'step.less': '减一',
  'step.more': '加一',

  'search.label': '搜索:中文、拼音、首字母或编号',
  'search.none': '没有匹配的,换个词再试。',

  'scale.stable': '稳定',
  'scale.moving': '不稳',
  'scale.none': '秤未连接',
  'scale.title': '秤',
} as const;

export const frameEn: Readonly<Record<keyof typeof frameZh, string>> = {
  'place.board': 'Board',
  'place.waste': 'Waste',
  'place.trim': 'Trim',
  'place.prep': 'Prep',
  'place.receive': 'Receive',
  'place.count': 'Count',
  'place.inbox': 'Inbox',
  'place.more': 'More',
  'place.recipes': 'Recipes',
  'place.settings': 'Settings',
  'place.setup': 'First set-up',
  'place.nav': 'Screens',

  'frame.toUpload': 'To upload {n}',
  'frame.otherLanguage': 'Switch language',
  'frame.screenFailed':
    'This screen did not load: {reason}. What was recorded is safe on this tablet.',
  'frame.screenLoading': 'Loading…',
  'frame.offline':
    'Offline · {n} saved on this tablet · they upload by themselves. Numbers as of {time}.',
  'frame.cannotStore':
    'This tablet cannot store entries (private mode, or full). They are sent directly: do not close this page before they are.',
  'frame.fixCount': 'Needs fixing {n}',
  'frame.from': 'Numbers from {ago}',

  'who.nobody': 'Who is it?',
  'who.title': 'Who is working?',
  'who.none': 'There is no list of people yet. A manager adds them under Settings, People.',
  'who.nameless': 'No name',
  'who.wipe': 'Wipe',
  'who.wipeHint': 'Locks the screen for 10 s to wipe the glass',
  'who.wiping': 'Wiping, back in {n} s',
  'who.device': 'This tablet: {name}',
  'who.signOut': 'Sign this tablet out',

  'level.offline': 'Works offline',
  'level.noReload': 'No reload offline',
  'level.noReloadHint':
    'There is no HTTPS: do not reload or close this page while the network is down. What was recorded is not lost.',
  'level.offlineHint': 'This page can be reloaded and opened without the network.',

  'pair.working': 'Pairing this tablet…',
  'pair.refused':
    'The pairing code is not good or too old. Ask the manager for a new one under Settings, Devices.',
  'pair.title': 'Pair this tablet',

  'pin.title': 'A manager, please',
  'pin.why': '“{text}” needs a manager. Enter the PIN, or scan the badge.',
  'pin.wrong': 'That PIN is wrong, try again.',
  'pin.wait': 'Too many wrong PINs, wait {n} s.',
  'pin.noBox': 'The box cannot be reached, so nobody can confirm now.',
  'pin.notManager': 'This person is not a manager.',
  'pin.enter': 'Confirm',
  'pin.clear': 'Clear',
  'pin.digits': '{n} digits entered',

  'pad.back': 'Delete',
  'pad.done': 'OK',
  'pad.unit': 'Unit',
  'pad.quick': 'Usual',
  'pad.over': 'More than the {quantity} on hand, recorded anyway',
  'pad.all': 'All {quantity}',
  'pad.point': 'Decimal point',
  'pad.empty': 'Enter a quantity',

  'step.less': 'One less',
  'step.more': 'One more',

  'search.label': 'Search: name, pinyin, initials or code',
  'search.none': 'Nothing matches, try another word.',

  'scale.stable': 'stable',
  'scale.moving': 'moving',
  'scale.none': 'No scale',
  'scale.title': 'Scale',
};
