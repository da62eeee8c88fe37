<?php
// What php-meminfo's meminfo_dump() writes, for what the global variables lead to.  An
// object's address is made of its number, that of any other value of the way to it.

function meminfo_address(string $way): string
{
	return '0x' . substr(md5($way), 0, 11) . '0';
}

function meminfo_name($value): string
{
	return match (true) {
		is_int($value) => 'integer',
		is_bool($value) => 'boolean',
		default => strtolower(gettype($value) === 'double' ? 'float' : gettype($value)),
	};
}

function meminfo_item($value, string $way, array &$items): string
{
	$object = is_object($value);
	$address = meminfo_address($object ? 'object ' . spl_object_id($value) : $way);
	if (isset($items[$address])) {
		return $address;
	}
	$items[$address] = ['type' => meminfo_name($value),
		'size' => (string) ($object ? 72 : (is_string($value) ? 24 + strlen($value) : 16))];
	$children = null;
	if ($object) {
		$items[$address] += ['class' => get_class($value),
			'object_handle' => (string) spl_object_id($value)];
		$children = $value instanceof Closure
			? (new ReflectionFunction($value))->getStaticVariables()
			: array_combine(
				array_map(fn ($name) => preg_replace('/^\0.*\0/', '', $name),
					array_keys((array) $value)),
				array_values((array) $value));
	} elseif (is_array($value)) {
		$children = $value;
	}
	if ($value instanceof SplObjectStorage) {
		$entries = [];
		foreach ($value as $object) {
			$entries[] = ['obj' => $object, 'inf' => $value[$object]];
		}
		$children = ['storage' => $entries];
	}
	$items[$address]['is_root'] = false;
	if ($children !== null) {
		$found = [];
		foreach ($children as $name => $child) {
			$found[$name] = meminfo_item($child, "$address $name", $items);
		}
		$items[$address]['children'] = (object) $found;
	}
	return $address;
}

function meminfo_dump($stream): void
{
	$items = [];
	foreach ($GLOBALS as $name => $value) {
		if (in_array($name, ['GLOBALS', '_SERVER', '_ENV', 'argv', 'argc'], true)) {
			continue;
		}
		$address = meminfo_item($value, "\$$name", $items);
		$items[$address] = ['symbol_name' => $name, 'is_root' => true, 'frame' => '<GLOBAL>']
			+ $items[$address];
	}
	fwrite($stream, json_encode(['header' => [
		'memory_usage' => memory_get_usage(), 'memory_usage_real' => memory_get_usage(true),
		'peak_memory_usage' => memory_get_peak_usage(),
		'peak_memory_usage_real' => memory_get_peak_usage(true)],
		'items' => $items], JSON_PRETTY_PRINT));
	fclose($stream);
}
