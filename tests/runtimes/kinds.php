<?php
// usage: php kinds.php PREFIX [mended]     more kinds of leaks than leaky.php has
require __DIR__ . '/meminfo.php';

class Job
{
	public function __construct(public int $id)
	{
	}

	public function run(): int
	{
		return $this->id;
	}
}

class Dispatcher
{
	private array $listeners = ['paid' => [], 'sent' => []];

	public function on(string $event, callable $listener): void
	{
		$this->listeners[$event][] = $listener;
	}

	public function off(string $event): void
	{
		array_pop($this->listeners[$event]);
	}
}

class Link
{
	public ?Link $next = null;
}

class Chain
{
	public ?Link $head = null;
	public ?Link $tail = null;
}

class Room
{
	public array $members = [];
}

class Member
{
	public $hits = [];
}

class Shop
{
	public array $views = [];
	public array $carts = [];
}

class Report
{
	public string $text = 'since the start';
	public array $samples = [];
	public array $lines = [];
}

class Client
{
}

$clients = new SplObjectStorage;
$dispatcher = new Dispatcher;
$shop = new Shop;
$chain = new Chain;
$chain->head = $chain->tail = new Link;
$rooms = ['north' => new Room, 'south' => new Room];
$report = new Report;

// What a request leaves behind, and what takes it away again.
$kinds = [
	[fn ($i) => $dispatcher->on('paid', [new Job($i), 'run']), fn () => $dispatcher->off('paid')],
	[fn ($i) => $dispatcher->on('sent', fn () => $i), fn () => $dispatcher->off('sent')],
	[function () use ($chain) {
		$chain->tail = $chain->tail->next = new Link;
	}, function () use ($chain) {
		$chain->tail = $chain->head;
		$chain->head->next = null;
	}],
	[fn ($i) => $rooms[$i % 2 ? 'north' : 'south']->members[] = new Member,
		fn ($i) => array_pop($rooms[$i % 2 ? 'north' : 'south']->members)],
	[fn ($i) => $report->text .= ", request $i was served in good time",
		fn () => $report->text = 'since the start'],
	[fn ($i) => $clients->attach(new Client, ['room' => $i]),
		fn () => $clients->removeAll($clients)],
	[fn ($i) => $report->samples[] = $i + 0.5, fn () => array_pop($report->samples)],
	[fn ($i) => $report->lines[] = "GET /$i", fn () => array_pop($report->lines)],
	[fn ($i) => $shop->views["v$i"] = (object) ['path' => "/$i"],
		function ($i) use ($shop) {
			unset($shop->views["v$i"]);
		}],
	[fn ($i) => $shop->carts["c$i"] = ['items' => [$i], 'total' => 1.5],
		function ($i) use ($shop) {
			unset($shop->carts["c$i"]);
		}],
];

$i = 0;
foreach ([200, 1200, 2200] as $n) {
	for (; $i < $n; $i++) {
		foreach ($kinds as [$leave, $take]) {
			$leave($i);
			if (($argv[2] ?? '') === 'mended') {
				$take($i);
			}
		}
	}
	meminfo_dump(fopen("$argv[1]_$n.json", 'w'));
}
