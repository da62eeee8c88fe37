require "objspace"
class Handler; def initialize(id) @id = id; @text = "payload #{id} " * 3; end; end
class Registry; attr_reader :handlers; def initialize; @handlers = []; end; end
class Bus; attr_reader :listeners; def initialize; @listeners = []; end; end
class Cache; attr_reader :entries; def initialize; @entries = {}; end; end
REGISTRY = Registry.new
BUS = Bus.new
CACHE = Cache.new
class Session; def initialize(user) @user = user; end; end
def request(i, mended)
  h = Handler.new(i)
  REGISTRY.handlers << h
  big = Array.new(10, i)
  l = proc { big.size + i }
  BUS.listeners << l
  CACHE.entries["user#{i}"] = Session.new("user#{i}")
  if mended
    REGISTRY.handlers.pop; BUS.listeners.pop; CACHE.entries.delete("user#{i}")
  end
end
ObjectSpace.trace_object_allocations_start if ARGV[2] == "trace"
i = 0
[200, 1200, 2200].each do |n|
  while i < n do request(i, ARGV[1] == "mended"); i += 1; end
  GC.start
  File.open("#{ARGV[0]}_#{n}.json", "w") { |io| ObjectSpace.dump_all(output: io) }
end
