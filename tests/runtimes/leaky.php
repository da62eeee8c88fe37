<?php
// A service that forgets nothing: handlers in a registry, closures in a list, an unbounded
// cache.  usage: php leaky.php PREFIX [mended]
//
// meminfo_dump() of the extension php-meminfo is not packaged, so this writes the same form
// itself, of what the global variables lead to: see meminfo.php.
require __DIR__ . '/meminfo.php';

class Handler
{
	public function __construct(public int $id, public string $text = '')
	{
		$this->text = "payload $id";
	}
}

class Registry
{
	public array $handlers = [];
}

class Bus
{
	public array $listeners = [];
}

class Cache
{
	private array $entries = [];

	public function put(string $key, array $value): void
	{
		$this->entries[$key] = $value;
	}

	public function forget(string $key): void
	{
		unset($this->entries[$key]);
	}
}

$registry = new Registry;
$bus = new Bus;
$cache = new Cache;

function request(int $i, bool $mended): void
{
	global $registry, $bus, $cache;
	$handler = new Handler($i);
	$registry->handlers[$i] = $handler;
	$bus->listeners[$i] = function () use ($handler) {
		return $handler->id;
	};
	$cache->put("user$i", ['user' => "user$i", 'hits' => $i]);
	if ($mended) {
		unset($registry->handlers[$i], $bus->listeners[$i]);
		$cache->forget("user$i");
	}
}

$i = 0;
foreach ([200, 1200, 2200] as $n) {
	for (; $i < $n; $i++) {
		request($i, ($argv[2] ?? '') === 'mended');
	}
	meminfo_dump(fopen("$argv[1]_$n.json", 'w'));
}
