// Lines that a strict parser must refuse, and lines that it must take: one a line, bytes that cannot be shown
// as ^XX, each group of refused ones under the code that the refusal has.
#pragma once

#include <string_view>

namespace tidemark::json::corpus {

/// What every strict parser refuses.
inline constexpr std::string_view malformed = R"~(
# malformed_json

 
^09^0D
[]
[1]
1
"a"
null
true
abc
x
<html>
a,b,c
2026-02-05
:
,
}
]
"
\
#{}
{
{"
{"a
{"a"
{"a":
{"a":1
{"a":1,
{"a":1,"
{"a":"b
{"a":"b"
{"a":[1
{"a":[1,
{"a":[1]
{"a":{"b":1}
{"a":tru
{"a":-
{"a":"\
{"a":"\u00
{"a":"b\"}
{,}
{"a":1,}
{,"a":1}
{"a":1,,"b":2}
{"a" 1}
{"a"::1}
{"a":}
{:1}
{"a"}
{"a",1}
{"a":1 "b":2}
{"a":1;"b":2}
{"a":[,]}
{"a":[1,]}
{"a":[,1]}
{"a":[1 2]}
{"a":[1:2]}
{"a":[1,,2]}
{"a":1:2}
{"a":"b":"c"}
{"a":1]
{"a":[1}
{"a":[1}]
{"a":{]}}
{]
{"a":)}
{a:1}
{'a':1}
{1:1}
{null:1}
{[]:1}
{{}:1}
{"a"b:1}
{"a""b":1}
{"a"1:1}
{"\x":1}
{"a":+1}
{"a":01}
{"a":-01}
{"a":00}
{"a":.5}
{"a":5.}
{"a":-.5}
{"a":1.e5}
{"a":1e}
{"a":1e+}
{"a":1e5.5}
{"a":1e5e5}
{"a":--1}
{"a":1-}
{"a":0x10}
{"a":0b1}
{"a":1f}
{"a":1_000}
{"a":1,5}
{"a":1 5}
{"a":NaN}
{"a":nan}
{"a":Infinity}
{"a":-Infinity}
{"a":inf}
{"a":1^C2^A0}
{"a":^EF^BC^91}
{"a":- 1}
{"a":1 .5}
{"a":1/2}
{"a":1+1}
{"a":True}
{"a":TRUE}
{"a":tru}
{"a":truee}
{"a":true1}
{"a":false,b}
{"a":fals}
{"a":nul}
{"a":nulll}
{"a":None}
{"a":undefined}
{"a":t}
{"a":b}
{"a":true"b"}
{"a":'b'}
{"a":"\x41"}
{"a":"\u12G4"}
{"a":"\u123"}
{"a":"\'"}
{"a":"b^09c"}
{"a":"b^0Ac"}
{"a":"^1F"}
{"a":"b"c}
{"a":b"c"}
{"a":"b""c"}
{"a":`b`}
{"a":1^0B}
{"a":1^0C}
{^C2^A0"a":1}
{"a":1/*c*/}
/*c*/{"a":1}
{"a"^E2^80^A8:1}
# trailing_data
{"a":1}//c
{}{}
{} {}
{}1
{"a":1}}
{"a":1}]
{},
{}"a"
{}x
{"a":1}^0A{"a":2}
# bad_utf8
{"a":"^FF"}
{"a":"^C0^AF"}
{"a":"^E9"}
{"a":"^E0^80^80"}
{"a":"^ED^A0^80"}
{"a":"^F4^90^80^80"}
{"a":"^F0^9F^98"}
{"a":"^80"}
{"a^FF":1}
^FF^FE{"a":1}
# embedded_nul
{"a":"b^00c"}
{"a":1^00}
{^00"a":1}
^00{"a":1}
{"a^00":1}
{"a":^00}
# out_of_range
{"a":1e400}
{"a":-1e400}
{"a":1e99999999999}
{"a":[[1],{"b":1e309}]}
)~";

/// What the grammar of JSON allows and we refuse all the same, because two parsers read it as two things.
inline constexpr std::string_view ambiguous = R"~(
# duplicate_key
{"a":1,"a":2}
{"a":1,"a":1}
{"a":1,"b":2,"a":3}
{"a":1,"\u0061":2}
{"\u0061":1,"a":2}
{"\u0061b":1,"a\u0062":2}
{"x":{"a":1,"a":2}}
{"x":[{"q":1},{"q":1,"q":1}]}
{"":1,"":2}
{"a/b":1,"a\/b":2}
{"^C3^A9":1,"\u00e9":2}
# out_of_range
{"a":1e-400}
{"a":-2e-324}
# malformed_json
^EF^BB^BF{"a":1}
{"a":"\u0000"}
{"a\u0000":1}
# embedded_nul
{}^00
{"a":1}^00{"a":2}
# too_deep
{"a":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}
)~";

/// What every parser must take.
inline constexpr std::string_view accepted = R"~(
{}
 {}
{} 
{}^0D
{}^0A
^09{^09}^09
{ "a" : 1 , "b" : 2 }
{"a":1}
{"a":-1}
{"a":0}
{"a":-0}
{"a":-0.0}
{"a":0.5}
{"a":1.5e3}
{"a":1E3}
{"a":1e+3}
{"a":1e-3}
{"a":1e0}
{"a":0e1}
{"a":0e400}
{"a":1e308}
{"a":5e-324}
{"a":123456789012345678901234567890}
{"a":0.1000000000000000055511151231257827}
{"a":1e00000000001}
{"a":9007199254740993}
{"a":18446744073709551616}
{"a":true}
{"a":false}
{"a":null}
{"a":""}
{"a":"b"}
{"":1}
{"":""}
{"a":"\"\\\/\b\f\n\r\t"}
{"a":"\u00e9"}
{"a":"\uD83D\uDE00"}
{"a":"\u2028"}
{"a":"^E2^80^A8"}
{"a":"^F0^9F^98^80"}
{"a":"^7F"}
{"a":"\u007f"}
{"a":"/*c*/"}
{"a":"//"}
{"a":"{[,:]}"}
{"a":"\\"}
{"a":"\\\""}
{"a":[]}
{"a":[ ]}
{"a":{}}
{"a":[[]]}
{"a":[{}]}
{"a":[1,2,3]}
{"a":[1,"2",null,true,{"b":[]}]}
{"a":{"a":{"a":1}}}
{"a":1,"A":2}
{"a":1,"a ":2}
{"x":{"a":1},"y":{"a":1}}
{"a":[{"q":1},{"q":1}]}
{"\u0061":1,"b":2}
{"a":"^EF^BB^BF"}
{"^E4^BD^A0":"^E5^A5^BD"}
{"a":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}
)~";

}  // namespace tidemark::json::corpus
