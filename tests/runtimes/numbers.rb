# usage: ruby numbers.rb PREFIX leaky|mended     what leaks is numbers and text, no objects
require "objspace"

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

prefix, state = ARGV
served = 0
[200, 1200, 2200].each do |n|
  while served < n
    KINDS.each do |leave, take|
      leave.(served)
      take.(served) if state == "mended"
    end
    served += 1
  end
  GC.start
  File.open("#{prefix}_#{n}.json", "w") { |io| ObjectSpace.dump_all(output: io) }
end
