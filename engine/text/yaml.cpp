// SPDX-License-Identifier: Apache-2.0
#include "engine/text/yaml.hpp"

#include "engine/text/utf8.hpp"
#include "engine/text/yaml_merge.hpp"
#include "engine/text/yaml_slip.hpp"
#include "rasters/connection.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>

namespace zonerank::engine {

using layers::Mark;
using layers::Node;
using layers::Problems;

namespace {

constexpr std::size_t deepest = 64;
constexpr std::size_t widest = 10'000;
constexpr std::uintmax_t largest = 16U << 20;

// Builds the tree from the parser's events: yaml-cpp's own tree forgets
// duplicate keys and the quotes around a text.
class Builder final : public YAML::EventHandler {
public:
    Builder(const std::string& text, std::shared_ptr<const std::string> file, Problems& problems)
        : m_text(text), m_file(std::move(file)), m_problems(problems) {}

    Node take() { return std::move(m_root); }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (m_started)
            fail(mark, "not valid YAML: the study ended before this");
        m_started = true;
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        refuse_anchor(mark, anchor);
        place(node(mark, Node::Kind::null));
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        fail(mark, "aliases (*name) are not allowed in a study");
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        refuse_anchor(mark, anchor);
        Node scalar = node(mark, Node::Kind::scalar);
        scalar.quoted = tag == "!";
        if (scalar.quoted && !quote_ends(m_text, scalar.mark.line, scalar.mark.column))
            fail(mark, "not valid YAML: this quote has no end");
        scalar.text = rasters::without_password(value);
        const bool null = !scalar.quoted && (value == "null" || value == "~" || value.empty());
        if (null && !waiting_for_key())
            scalar.kind = Node::Kind::null;
        place(std::move(scalar));
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open(mark, anchor, Node::Kind::list);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open(mark, anchor, Node::Kind::map);
    }
    void OnMapEnd() override { close(); }

private:
    struct Level {
        Node node;
        std::optional<Node> key;
    };

    [[noreturn]] void fail(const YAML::Mark& mark, std::string_view text) const {
        throw Error("{}: {}", to_string(place_of(mark)), text);
    }
    Mark place_of(const YAML::Mark& mark) const { return {m_file, mark.line + 1, mark.column + 1}; }
    Node node(const YAML::Mark& mark, Node::Kind kind) const {
        Node result;
        result.kind = kind;
        result.mark = place_of(mark);
        return result;
    }
    bool waiting_for_key() const { return !m_levels.empty() && m_levels.back().node.is_map() && !m_levels.back().key; }

    void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) const {
        if (anchor != 0)
            fail(mark, "anchors (&name) are not allowed in a study");
    }
    void open(const YAML::Mark& mark, YAML::anchor_t anchor, Node::Kind kind) {
        refuse_anchor(mark, anchor);
        if (waiting_for_key())
            fail(mark, "a key must be a plain text");
        if (m_levels.size() >= deepest)
            fail(mark, "more than 64 levels");
        m_levels.push_back({node(mark, kind), std::nullopt});
    }
    void close() {
        Node done = std::move(m_levels.back().node);
        m_levels.pop_back();
        place(std::move(done));
    }
    void place(Node done) {
        if (m_levels.empty()) {
            m_root = std::move(done);
            return;
        }
        Level& level = m_levels.back();
        if (level.node.is_list())
            level.node.items.push_back(std::move(done));
        else if (!level.key)
            level.key = std::move(done);
        else
            enter(level, std::move(done));
    }
    void enter(Level& level, Node value) {
        const Node key = *std::exchange(level.key, std::nullopt);
        value.key_mark = key.mark;
        if (level.node.entries.size() >= widest)
            throw Error("{}: more than 10,000 entries in one mapping", to_string(key.mark));
        if (const Node* first = level.node.find(key.text))
            m_problems.error(key.mark, fmt::format("'{}' is given twice; it stands in line {} already",
                                                   layers::excerpt(key.text), first->key_mark.line));
        else
            level.node.entries.push_back({key.text, std::move(value)});
    }

    const std::string& m_text;
    std::shared_ptr<const std::string> m_file;
    Problems& m_problems;
    std::vector<Level> m_levels;
    bool m_started = false;
    Node m_root;
};

std::string contents(const std::filesystem::path& path) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error))
        throw Error("{}: is a folder, not a study file", path.string());
    const std::uintmax_t size = std::filesystem::file_size(path, error);
    if (error)
        throw Error("{}: can't be read ({})", path.string(), error.message());
    if (size > largest)
        throw Error("{}: larger than 16 MiB, which no study is", path.string());
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw Error("{}: can't be opened for reading", path.string());
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

Node read_chain(const std::filesystem::path& path, std::vector<std::filesystem::path> chain, Problems& problems) {
    std::error_code is_pipe;
    std::filesystem::path full = std::filesystem::weakly_canonical(path, is_pipe);
    if (is_pipe)
        full = std::filesystem::absolute(path);
    if (std::ranges::find(chain, full) != chain.end())
        throw Error("{}: extends itself", path.string());
    chain.push_back(full);
    Node node = parse_yaml(contents(path), path.string(), problems);
    if (chain.size() > 1 && !node.is_map())
        throw Error("{}: is no study that another can extend; expected a mapping, found {}", path.string(),
                    node.kind_name());
    const Node* extends = node.find("extends");
    if (!extends)
        return node;
    if (!extends->is_scalar())
        throw Error("{}: extends: expected a file's name, found {}", to_string(extends->mark), extends->kind_name());
    const Node base = in_context(to_string(extends->mark), [&] {
        return read_chain((path.parent_path() / extends->text).lexically_normal(), chain, problems);
    });
    std::erase_if(node.entries, [](const auto& entry) { return entry.first == "extends"; });
    return merged(base, node);
}

} // namespace

// UTF-16 and UTF-32, which are read as well, have a mark or a zero in front.
static void check_utf8(const std::string& text, const std::string& file) {
    const std::string_view front = std::string_view(text).substr(0, 4);
    if (front.starts_with("\xff\xfe") || front.starts_with("\xfe\xff") || front.find('\0') != front.npos)
        return;
    int line = 1, column = 1;
    for_each_character(text, [&](const Character& character, std::string_view) {
        if (!character.valid)
            throw Error("{}:{}:{}: this is not UTF-8; save the study as UTF-8", file, line, column);
        column = character.code == U'\n' ? 1 : column + 1;
        line += character.code == U'\n' ? 1 : 0;
    });
}

Node parse_yaml(const std::string& text, const std::string& file, Problems& problems) {
    check_utf8(text, file);
    std::istringstream stream(text);
    Builder builder(text, std::make_shared<const std::string>(file), problems);
    try {
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(builder))
            ;
    } catch (const YAML::Exception& e) {
        const YamlSlip slip = yaml_slip(text, e.mark.line + 1, e.mark.column + 1, e.msg);
        throw Error("{}:{}:{}: not valid YAML: {}", file, slip.line, slip.column, slip.text);
    }
    return builder.take();
}

Node read_yaml(const std::filesystem::path& path, Problems& problems) {
    return read_chain(path, {}, problems);
}

static void emit(YAML::Emitter& out, const Node& node) {
    switch (node.kind) {
    case Node::Kind::null:
        out << YAML::Null;
        break;
    case Node::Kind::scalar:
        if (node.quoted)
            out << YAML::DoubleQuoted;
        out << node.text;
        break;
    case Node::Kind::list:
        out << YAML::Flow << YAML::BeginSeq;
        for (const Node& item : node.items)
            emit(out, item);
        out << YAML::EndSeq;
        break;
    case Node::Kind::map:
        out << YAML::BeginMap;
        for (const auto& [key, value] : node.entries) {
            out << YAML::Key << key << YAML::Value;
            emit(out, value);
        }
        out << YAML::EndMap;
        break;
    }
}

std::string to_yaml(const Node& node) {
    YAML::Emitter out;
    emit(out, node);
    return std::string(out.c_str(), out.size()) + "\n";
}

} // namespace zonerank::engine
