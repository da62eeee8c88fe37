# usage: ruby services.rb PREFIX leaky|mended     services made of the library's tools
require_relative "serve"

Visit = Struct.new(:path, :ms)

# Two lists of one object: each is a leak of its own.
class Sink
  attr_reader :visits, :slow

  def initialize
    @visits = []
    @slow = []
  end
end

module Vip
  def lounge = "lounge"
end

class Guest
  def initialize(id)
    @id = id
  end
end

class Image < Guest; end

# Images that stay, and so do their keys in a WeakMap.
class Thumbs
  def initialize
    @strong = []
    @weak = ObjectSpace::WeakMap.new
  end

  def add(image)
    @strong << image
    @weak[image] = "thumb"
  end

  def drop = @strong.pop
end

class Emitter
  def initialize
    @handlers = { shift: [] }
  end

  def on(event, &handler)
    @handlers[event] << handler
    -> { @handlers[event].delete(handler) }
  end
end

class Ticket
  attr_reader :off

  def initialize(off)
    @off = off
  end
end

# Its handlers and its tickets refer to each other.
class Desk
  def initialize(emitter)
    @emitter = emitter
    @open = {}
  end

  def open(id)
    off = @emitter.on(:shift) { |x| x + id }
    @open[id] = Ticket.new(off)
  end

  def close(id) = @open.delete(id).off.call
end

# Handlers of a class; closures hold them, too.
class Registry
  @handlers = []

  class << self
    attr_reader :handlers
  end
end

class Handler < Guest; end

HOOKS = []
SINK = Sink.new
GUESTS = []
THUMBS = Thumbs.new
DESK = Desk.new(Emitter.new)

# What a request leaves behind, and what takes it away again.
SERVICES = [
  [->(id) { Registry.handlers << (handler = Handler.new(id)); HOOKS << -> { handler } },
   ->(_) { Registry.handlers.pop; HOOKS.pop }],
  [->(id) { SINK.visits << Visit.new("/page/#{id}", id) }, ->(_) { SINK.visits.pop }],
  [->(id) { SINK.slow << "/page/#{id} was slow" }, ->(_) { SINK.slow.pop }],
  [->(id) { GUESTS << (id.even? ? Guest.new(id).extend(Vip) : Guest.new(id)) },
   ->(_) { GUESTS.pop }],
  [->(id) { THUMBS.add(Image.new(id)) }, ->(_) { THUMBS.drop }],
  [->(id) { DESK.open(id) }, ->(id) { DESK.close(id) }],
].freeze

serve(SERVICES)
