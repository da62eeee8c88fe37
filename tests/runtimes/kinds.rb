# usage: ruby kinds.rb PREFIX leaky|mended     more kinds of leaks than leaky.rb has
require_relative "serve"

Point = Struct.new(:x, :y)

class Plugin
  @@all = []

  def self.all = @@all
end

class Ticket
  def initialize(id)
    @id = id
  end

  def call = @id
end

class Router
  def initialize
    @routes = {}
  end

  def add(path, &block) = @routes[path] = block
  def remove(path) = @routes.delete(path)
end

class Model
  def self.hooks = @hooks ||= []
end

module Config
  POINTS = []
end

class Job < Ticket; end
class Task < Ticket; end

ROUTER = Router.new
TASKS = {}.compare_by_identity

# What a request leaves behind, and what takes it away again.
KINDS = [
  [->(id) { Plugin.all << Ticket.new(id) }, ->(_) { Plugin.all.pop }],
  [->(id) { ROUTER.add("/user/#{id}") { id } }, ->(id) { ROUTER.remove("/user/#{id}") }],
  [->(id) { Model.hooks << Job.new(id).method(:call) }, ->(_) { Model.hooks.pop }],
  [->(id) { Config::POINTS << Point.new(id, id) }, ->(_) { Config::POINTS.pop }],
  [->(id) { TASKS[Task.new(id)] = true }, ->(_) { TASKS.clear }],
].freeze

serve(KINDS)
