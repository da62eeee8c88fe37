# usage: ruby numbers.rb PREFIX leaky|mended     what leaks is numbers and text, no objects
require_relative "serve"

class Metrics
  attr_reader :samples

  def initialize = @samples = []
end

class Hits
  attr_reader :count

  def initialize = @count = {}
end

class Log
  attr_reader :text

  def initialize = @text = +"since the start:\n" * 100
end

METRICS = Metrics.new
HITS = Hits.new
LOG = Log.new

# What a request leaves behind, and what takes it away again.
KINDS = [
  [->(id) { METRICS.samples << id }, ->(_) { METRICS.samples.pop }],
  [->(id) { HITS.count[id] = 1 }, ->(id) { HITS.count.delete(id) }],
  [->(id) { LOG.text << "request #{id % 10} was served\n" }, ->(_) { LOG.text.slice!(-21..) }],
].freeze

serve(KINDS)
