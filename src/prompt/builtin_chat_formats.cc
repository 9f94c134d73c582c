#include <array>

#include "prompt/chat_source.h"

namespace canvass {
namespace {

// The conversation that Vicuna 1.5 was trained on: its system sentence (a system message replaces
// it), turns after a space, the end token after each of the assistant's.
constexpr std::string_view kVicuna =
    R"({%- if bos_token is not defined or eos_token is not defined -%}
{{- raise_exception('the vicuna format needs bos_token and eos_token in tokenizer_config.json') -}}
{%- endif -%}
{%- if messages[0].role == 'system' -%}
{%- set system = messages[0].content -%}
{%- set turns = messages[1:] -%}
{%- else -%}
{%- set system = "A chat between a curious user and an artificial intelligence assistant. The assistant gives helpful, detailed, and polite answers to the user's questions." -%}
{%- set turns = messages -%}
{%- endif -%}
{{- bos_token + system -}}
{%- for turn in turns -%}
{%- if turn.role == 'user' and loop.index0 % 2 == 0 -%}
{{- ' USER: ' + turn.content if loop.first else 'USER: ' + turn.content -}}
{%- elif turn.role == 'assistant' and loop.index0 % 2 == 1 -%}
{{- ' ASSISTANT: ' + turn.content + eos_token -}}
{%- else -%}
{{- raise_exception('user and assistant take turns, the user first') -}}
{%- endif -%}
{%- endfor -%}
{%- if add_generation_prompt -%}
{{- ' ASSISTANT:' -}}
{%- endif -%}
)";

struct BuiltIn {
  std::string_view name, text;
};

// To add one: add its template above and a line here.
constexpr std::array<BuiltIn, 1> kBuiltIns = {{{"vicuna", kVicuna}}};

}  // namespace

std::optional<std::string_view> builtInChatFormat(std::string_view name) {
  for (const BuiltIn& builtIn : kBuiltIns) {
    if (builtIn.name == name) return builtIn.text;
  }
  return std::nullopt;
}

std::string builtInChatFormatNames() {
  std::string names;
  for (const BuiltIn& builtIn : kBuiltIns) {
    names += (names.empty() ? "" : ", ") + std::string(builtIn.name);
  }
  return names;
}

}  // namespace canvass
