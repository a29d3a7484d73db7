// Keys and buttons by GLFW's numbers.
namespace Silk.NET.Input;

public enum Key
{
    Unknown = -1,
    Space = 32, Apostrophe = 39, Comma = 44, Minus = 45, Period = 46, Slash = 47,
    Number0 = 48, D0 = 48, Number1, Number2, Number3, Number4, Number5, Number6, Number7, Number8, Number9,
    Semicolon = 59, Equal = 61,
    A = 65, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, R, S, T, U, V, W, X, Y, Z,
    LeftBracket = 91, BackSlash = 92, RightBracket = 93, GraveAccent = 96, World1 = 161, World2 = 162,
    Escape = 256, Enter, Tab, Backspace, Insert, Delete, Right, Left, Down, Up, PageUp, PageDown, Home, End,
    CapsLock = 280, ScrollLock, NumLock, PrintScreen, Pause,
    F1 = 290, F2, F3, F4, F5, F6, F7, F8, F9, F10, F11, F12, F13, F14, F15, F16, F17, F18, F19, F20, F21, F22, F23, F24, F25,
    Keypad0 = 320, Keypad1, Keypad2, Keypad3, Keypad4, Keypad5, Keypad6, Keypad7, Keypad8, Keypad9,
    KeypadDecimal = 330, KeypadDivide, KeypadMultiply, KeypadSubtract, KeypadAdd, KeypadEnter, KeypadEqual,
    ShiftLeft = 340, ControlLeft, AltLeft, SuperLeft, ShiftRight, ControlRight, AltRight, SuperRight, Menu,
}

public enum MouseButton
{
    Unknown = -1,
    Left = 0, Right, Middle, Button4, Button5, Button6, Button7, Button8,
}
