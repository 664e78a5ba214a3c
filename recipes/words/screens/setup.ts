/** Texts of the screen `setup`. The Chinese ones decide which texts exist. */
export const setupZh = {
  'setup.title': '首次设置',
  'setup.steps': '步骤',
  'setup.step.language': '语言',
  'setup.step.start': '开始',
  'setup.step.pos': '连接 POS',
  'setup.step.menu': '菜单与物料',
  'setup.step.printer': '打印机',
  'setup.step.people': '平板与人员',
  'setup.step.done': '完成',
  'setup.next': '下一步',
  'setup.back': '上一步',
  'setup.skip': '以后再说',
  'setup.isDone': '已完成',

  'setup.language': '用哪种语言?两种都一直显示,这里选放在前面的。',

  'setup.startQuestion': '从哪里开始?',
  'setup.new': '新建',
  'setup.newHint': '空的主机:接 POS,导入自己的菜单和物料。',
  'setup.restore': '从备份恢复',
  'setup.restoreHint': '换机或重装:选择 larder backup 生成的文件。',
  'setup.demo': '演示数据',
  'setup.demoHint': '红烧人家:现成的菜单、物料和库存,随便试。以后不能换成自己的,请另装一台。',
  'setup.demoLoading': '正在装入演示数据…',
  'setup.hasBook': '已有配方册:{items} 种物料,{recipes} 个配方。',
  'setup.restoring': '正在检查备份…不要关闭此页。',
  'setup.restored': '备份可用({seq} 条账)。主机正在重启,几秒后自动打开。',
  'setup.failed': '没有成功:{reason}',

  'setup.posLead': '让 POS 把每一笔发到这里。没有 POS 也可以先跳过。',
  'setup.waiting': '等待第一笔…',
  'setup.waitingHint': '收银打一单,或在主机上运行:{command}',
  'setup.seen': '收到了!',
  'setup.seenHeld': '{n} 行还不认识,下一步导入菜单后自动补扣。',
  'setup.seenApplied': '{n} 行已扣库存。',

  'setup.menuLead': '导入菜单、配方和物料;没有现成的,可以从 POS 菜单先建菜名。',

  'setup.printerLead': '订货单、标签和小票从这里出来。加一台,打测试页,看哪一行看得清。',

  'setup.peopleLead': '谁在这里工作,用哪几台平板。',

  'setup.finish': '完成,打开看板',
  'setup.finishing': '正在保存…',
  'setup.summary': '现在的情况',
  'setup.summaryBook': '配方册',
  'setup.summaryPos': 'POS',
  'setup.summaryPeople': '人员',
  'setup.summaryDevices': '平板',
  'setup.summaryPrinter': '打印机',
  'setup.none': '还没有',
  'setup.later': '没做完的以后可在“更多”的“设置”里继续,这一页也随时能再打开。',
  'setup.bookCount': '{items} 种物料,{recipes} 个配方',
  'setup.posSeen': '{terminal} 已发来消息',
  'setup.posNone': '还没收到',
} as const;

export const setupEn: Readonly<Record<keyof typeof setupZh, string>> = {
  'setup.title': 'First set-up',
  'setup.steps': 'Steps',
  'setup.step.language': 'Language',
  'setup.step.start': 'Start',
  'setup.step.pos': 'POS',
  'setup.step.menu': 'Menu and items',
  'setup.step.printer': 'Printer',
  'setup.step.people': 'Tablets, people',
  'setup.step.done': 'Done',
  'setup.next': 'Next',
  'setup.back': 'Back',
  'setup.skip': 'Later',
  'setup.isDone': 'done',

  'setup.language': 'Which language? Both are always shown; this one comes first.',

  'setup.startQuestion': 'Where do you start?',
  'setup.new': 'New store',
  'setup.newHint': 'An empty box: connect the POS, import your own menu and items.',
  'setup.restore': 'Restore a backup',
  'setup.restoreHint': 'Another machine, or installed anew: choose the file of larder backup.',
  'setup.demo': 'Sample restaurant',
  'setup.demoHint':
    'A kitchen with menu, items and stock, to try things out. It cannot become your own later: install another box for that.',
  'setup.demoLoading': 'Loading the sample…',
  'setup.hasBook': 'There is a recipe book: {items} items, {recipes} recipes.',
  'setup.restoring': 'Checking the backup… do not close this page.',
  'setup.restored':
    'The backup is good ({seq} entries). The box starts again and opens in a few seconds.',
  'setup.failed': 'That did not work: {reason}',

  'setup.posLead': 'Let the POS send each sale here. Without a POS at hand, do it later.',
  'setup.waiting': 'Waiting for the first sale…',
  'setup.waitingHint': 'Ring one up, or run on the box: {command}',
  'setup.seen': 'Here it is!',
  'setup.seenHeld': '{n} lines are not known yet; they post once the menu is imported.',
  'setup.seenApplied': '{n} lines left stock.',

  'setup.menuLead':
    'Import menu, recipes and items. Without a file, begin with the names of the POS menu.',

  'setup.printerLead':
    'Orders, labels and slips come out here. Add a printer, print its test page, and say which line you can read.',

  'setup.peopleLead': 'Who works here, and on which tablets.',

  'setup.finish': 'Finish and open the board',
  'setup.finishing': 'Saving…',
  'setup.summary': 'How it stands',
  'setup.summaryBook': 'Recipe book',
  'setup.summaryPos': 'POS',
  'setup.summaryPeople': 'People',
  'setup.summaryDevices': 'Tablets',
  'setup.summaryPrinter': 'Printer',
  'setup.none': 'none yet',
  'setup.later':
    'What is not done yet can be done under More, Settings; this page can be opened again at any time.',
  'setup.bookCount': '{items} items, {recipes} recipes',
  'setup.posSeen': '{terminal} has sent messages',
  'setup.posNone': 'nothing received yet',
};
