# frozen_string_literal: true

# Answers queries with graphql-ruby itself. The first line of the input is {"sdl", "data", "cap"}: a schema, and the
# rows that its resolvers work on. Each further line is {"query", "variables", "operationName"}, and is answered by one
# line: the result, or {"crash": ...} for what the library does not survive.

require "graphql"
require "json"

# As much of a relation of Rails as connections use.
class Rows
  attr_reader :rows, :offset_value, :limit_value

  def initialize(rows, offset = nil, limit = nil)
    @rows = rows
    @offset_value = offset
    @limit_value = limit
  end

  def offset(count)
    Rows.new(rows, count, limit_value)
  end

  def limit(count)
    Rows.new(rows, offset_value, count)
  end

  def to_a
    left = rows.drop(offset_value || 0)
    limit_value ? left.first(limit_value) : left
  end
end

class RowsConnection < GraphQL::Pagination::RelationConnection
  private

  def relation_offset(relation)
    relation.offset_value
  end

  def relation_limit(relation)
    relation.limit_value
  end

  def relation_count(relation)
    relation.to_a.size
  end

  def null_relation(_relation)
    Rows.new([])
  end
end

# Fields of the roots by name; other fields are keys of hashes, or methods of connections and their edges.
class Resolvers
  CONNECTION = {
    "nodes" => :nodes, "edges" => :edges, "pageInfo" => :page_info, "startCursor" => :start_cursor,
    "endCursor" => :end_cursor, "hasNextPage" => :has_next_page, "hasPreviousPage" => :has_previous_page,
    "cursor" => :cursor, "node" => :node
  }.freeze

  def initialize(data, cap)
    @data = data
    @cap = cap
    @root = data["root"]
  end

  def call(type, field, object, args, context)
    name = field.graphql_name
    return root(name, args, context) if %w[Query Mutation].include?(type.graphql_name)
    return object.items.rows.size if name == "totalCount"
    return object.public_send(CONNECTION.fetch(name)) unless object.is_a?(Hash)

    result(object[name])
  end

  # Scalars that the schema declares by itself are what they are.
  def coerce_input(_type, value, _context)
    value
  end

  def coerce_result(_type, value, _context)
    value
  end

  def resolve_type(_type, object, context)
    context.schema.get_type(object.fetch("__typename"))
  end

  private

  def root(name, args, context)
    return result(@root[name]) if @root

    respond_to?(name, true) ? send(name, args, context) : raise(NotImplementedError, name)
  end

  def result(value)
    return value unless value.is_a?(Hash) && value.key?("error")

    raise GraphQL::ExecutionError, value["error"]
  end

  def creator(args, _context)
    found = find_creator(args)
    return found if found || !args[:fallback] || args[:id] || args[:provider].nil?

    find_creator(account_name: args[:account_name])
  end

  def find_creator(args)
    return nil if args[:id].nil? && args[:account_name].nil?

    @data["creators"].find do |each|
      (args[:id].nil? ? each["accountName"] == args[:account_name] : each["id"] == args[:id]) &&
        (args[:provider].nil? || each["provider"] == args[:provider])
    end
  end

  def creatorPosts(args, context)
    creator = find_creator(args)
    page(@data["items"].select { |each| creator && each["creator"]["id"] == creator["id"] }, args, context)
  end

  def mediaItem(args, _context)
    key, value = args[:id].nil? ? ["externalId", args[:external_id]] : ["id", args[:id]]
    return nil if value.nil? || (key == "id" && !value.match?(/\A\d{1,18}\z/))

    value = value.to_i.to_s if key == "id"
    @data["items"].find { |each| each[key] == value }
  end

  KEPT = {
    item_providers: ->(item) { item["provider"] }, item_types: ->(item) { item["type"] },
    creator_account_name: ->(item) { item["creator"]["accountName"] },
    creator_verified: ->(item) { item["creator"]["verified"] },
    usage_rights_status: ->(item) { item["usageRightsStatus"] }
  }.freeze

  def mediaItems(args, context)
    wanted = (args[:filter] || {}).to_h.reject { |_, values| values.nil? || values.empty? }
    kept = @data["items"].select { |each| wanted.all? { |key, values| values.include?(KEPT[key].call(each)) } }
    page(kept, args, context)
  end

  def page(rows, args, context)
    given = args.slice(:first, :last, :after, :before)
    RowsConnection.new(Rows.new(rows), context: context, max_page_size: @cap, **given)
  end
end

def answer(schema, call)
  schema.execute(call["query"], variables: call["variables"] || {}, operation_name: call["operationName"]).to_h
rescue StandardError, SystemStackError, NotImplementedError => e
  { "crash" => "#{e.class}: #{e.message}" }
end

first = JSON.parse($stdin.gets)
schema = GraphQL::Schema.from_definition(first["sdl"], default_resolve: Resolvers.new(first["data"], first["cap"]))
puts JSON.generate("version" => GraphQL::VERSION)
$stdout.flush
$stdin.each_line do |line|
  shown = begin
    JSON.generate(answer(schema, JSON.parse(line)))
  rescue StandardError => e
    JSON.generate("crash" => "#{e.class}: #{e.message.scrub}")
  end
  puts shown
  $stdout.flush
end
